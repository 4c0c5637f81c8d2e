/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "command.h"

static void add_part(sg_str *out, const char *sign, int64_t count, const char *what)
{
    if (count == 0 && sign[1] != '=')
        return;
    sg_str_add(out, sign);
    sg_str_add_count(out, count);
    sg_str_printf(out, " %s", what);
}

void sg_say_counts(sg_str *out, const sg_batch_counts *counts)
{
    sg_str_add_count(out, counts->read);
    sg_str_add(out, " rows");
    add_part(out, " = ", counts->stored, "stored");
    add_part(out, " + ", counts->repeated, "repeated");
    add_part(out, " + ", counts->replaced, "replaced by a later row");
    add_part(out, " + ", counts->quarantined, "refused");
    add_part(out, " + ", counts->dropped, "dropped");
}

static void add_changes(sg_str *out, const sg_batch_counts *counts)
{
    sg_str_add(out, "  in the store: ");
    sg_str_add_count(out, counts->added);
    sg_str_add(out, " new, ");
    sg_str_add_count(out, counts->changed);
    sg_str_add(out, " changed, ");
    sg_str_add_count(out, counts->unchanged);
    sg_str_add(out, " as before, ");
    sg_str_add_count(out, counts->withdrawn);
    sg_str_add(out, " withdrawn");
    if (counts->spared) {
        sg_str_add(out, ", ");
        sg_str_add_count(out, counts->spared);
        sg_str_add(out, " absent rows kept because rows of this file could not be read");
    }
    sg_str_add_char(out, '\n');
}

static void add_kept(sg_str *out, const sg_file_report *file)
{
    if (file->rows_kept == 0)
        return;
    sg_str_add(out, "  ");
    sg_str_add_count(out, file->rows_kept);
    sg_str_add(out, " of ");
    sg_str_add_count(out, file->batch.counts.quarantined);
    sg_str_printf(out,
                  " refused rows are kept as they came; 'skillgain quarantine --batch %lld --rows FILE' "
                  "writes them\n",
                  (long long)file->batch.id);
}

static void add_notes(sg_str *out, const sg_file_report *file)
{
    enum { MOST = 8 };

    for (size_t i = 0; i < file->n_notes && i < MOST; i++) {
        const sg_file_note *note = &file->notes[i];

        sg_str_printf(out, "  %s: %s%s%s%s%s%s\n", note->rule->id, note->rule->text, *note->field ? " (" : "",
                      note->field, *note->field ? ")" : "", *note->detail ? ": " : "", note->detail);
    }
    if (file->n_notes > MOST) {
        sg_str_add(out, "  and ");
        sg_str_add_count(out, (int64_t)(file->n_notes - MOST));
        sg_str_add(out, " more about the delivery as a whole\n");
    }
}

void sg_say_file(sg_str *out, const sg_file_report *file)
{
    char cutoff[SG_DAY_TEXT];
    bool named = strcmp(file->path, "-") != 0;

    if (file->status == SG_REFUSED) {
        sg_str_printf(out, "REFUSED  %s: %s\n  nothing of it was stored; mend it and deliver it again\n",
                      file->path, file->message);
        return;
    }
    if (file->status == SG_HELD) {
        sg_str_printf(out, "HELD     %s (batch %lld): %s\n", file->path, (long long)file->batch.id,
                      file->message);
        sg_str_printf(
            out,
            "  its rows are not in use; 'skillgain quarantine --batch %lld --all' lists what was found\n"
            "  take it in as it is ('skillgain import --accept %lld%s%s'), drop it ('skillgain import --undo "
            "%lld') or deliver a corrected one\n",
            (long long)file->batch.id, (long long)file->batch.id, named ? " " : "", named ? file->path : "",
            (long long)file->batch.id);
        add_kept(out, file);
        return;
    }
    if (file->status != SG_OK) {
        sg_str_printf(out, "FAILED   %s: %s\n", file->path, file->message);
        return;
    }
    if (file->known) {
        sg_str_printf(out, "KNOWN    %s: already imported as batch %lld; nothing changed\n", file->path,
                      (long long)file->batch.id);
        return;
    }
    sg_str_printf(out, "IMPORTED %s as batch %lld: %s, crosswalk %s, complete up to %s\n  ", file->path,
                  (long long)file->batch.id, sg_kind_text(file->batch.kind), file->batch.crosswalk,
                  sg_day_format(file->batch.cutoff, cutoff));
    sg_say_counts(out, &file->batch.counts);
    sg_str_add_char(out, '\n');
    add_changes(out, &file->batch.counts);
    if (file->kept_outside) {
        sg_str_add(out, "  rows of earlier deliveries outside this one's scopes: ");
        sg_str_add_count(out, file->kept_outside);
        sg_str_add(out, ", kept\n");
    }
    add_kept(out, file);
    add_notes(out, file);
    if (file->batch.counts.warnings)
        sg_str_printf(out,
                      "  %lld warnings and notices; 'skillgain quarantine --batch %lld --all' lists them\n",
                      (long long)file->batch.counts.warnings, (long long)file->batch.id);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "across.h"
#include "findings.h"

static const char *format = "text";
static bool as_csv, stored;
static sg_import_options import_options = {.cutoff = SG_DAY_NONE};

static const sg_arg options[] = {
    {"--kind", NULL, SG_ARG_TEXT, "KIND", "enrollment or gain (default: by the header)", &import_options.kind,
     NULL},
    {"--crosswalk", NULL, SG_ARG_TEXT, "FILE", "map columns by this crosswalk", &import_options.crosswalk,
     NULL},
    {"--cutoff", NULL, SG_ARG_DATE, "DATE", "the day up to which the delivery is complete",
     &import_options.cutoff, NULL},
    {"--format", NULL, SG_ARG_TEXT, "text|csv|json", "form of the findings; csv lists every one", &format,
     NULL},
    {"--csv", NULL, SG_ARG_FLAG, NULL, "every finding, a line each: as --format csv", &as_csv, NULL},
    {"--stored", NULL, SG_ARG_FLAG, NULL,
     "no files: the rules across rows and files, over what is in the store", &stored, NULL},
    SG_NO_MORE_OPTIONS,
};

enum { EXAMPLES = 5 };

/* A rule's findings in a column: counted, the first lines kept as examples. */
typedef struct {
    const sg_rule *rule;
    int64_t n;
    int64_t lines[EXAMPLES];
    char column[SG_NAME_MAX];
    char field[SG_NAME_MAX];
    char details[SG_ERR_MESSAGE]; /* of the first ones */
} rule_count;

typedef struct {
    const char *name; /* of the file */
    rule_count *counts;
    size_t n, capacity;
    sg_str *csv;
} tally;

/* That of the rule and the column; NULL: out of memory. */
static rule_count *find_count(tally *t, const sg_rule *rule, const char *column)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->counts[i].rule == rule && !strcmp(t->counts[i].column, column))
            return &t->counts[i];
    if (!sg_grow(&t->counts, &t->capacity, t->n + 1, sizeof *t->counts))
        return NULL;
    t->counts[t->n].rule = rule;
    (void)snprintf(t->counts[t->n].column, sizeof t->counts[t->n].column, "%s", column);
    return &t->counts[t->n++];
}

/* "sex: 31 of 40 rows; " behind the others, while there is room. */
static void add_detail(rule_count *count, const sg_finding *finding)
{
    size_t length = strlen(count->details), room = sizeof count->details - length;
    const char *field = finding->line ? "" : finding->field;
    int n;

    if (!finding->detail || !*finding->detail || count->n >= EXAMPLES ||
        strstr(count->details, finding->detail))
        return;
    n = snprintf(count->details + length, room, "%s%s%s%s", length ? "; " : "", field, *field ? ": " : "",
                 finding->detail);
    if (n < 0 || (size_t)n >= room)
        count->details[length] = '\0';
}

static sg_status count_finding(void *context, const sg_finding *finding, sg_err *err)
{
    tally *t = context;
    rule_count *count = find_count(t, finding->rule, finding->column);
    sg_listed_finding listed = {
        0, t->name, finding->line, finding->rule->id, finding->field, finding->column, finding->detail};

    if (!count)
        return sg_no_memory(err);
    (void)snprintf(count->field, sizeof count->field, "%s", finding->field);
    if (count->n < EXAMPLES)
        count->lines[count->n] = finding->line;
    add_detail(count, finding);
    count->n++;
    if (!strcmp(format, "csv"))
        sg_findings_csv_row(t->csv, &listed);
    return SG_OK;
}

/* ", 1.2 % of the rows" */
static void say_share(sg_str *out, int64_t n, int64_t rows)
{
    double share = rows > 0 ? 100.0 * (double)n / (double)rows : 0;

    if (rows <= 0)
        return;
    sg_str_add(out, " (");
    if (share < 0.1)
        sg_str_add(out, "less than 0.1");
    else
        sg_str_add_fixed(out, share, 1);
    sg_str_add(out, " % of the rows)");
}

/* Of a field: a list of races in one column is none. */
static bool is_of_codes(const rule_count *count)
{
    return *count->field && (!strcmp(count->rule->id, "R205") || !strcmp(count->rule->id, "R206"));
}

/* The i-th unknown code of the finding's field that may be told, or NULL. */
static const sg_unknown_code *unknown_code(const sg_check_report *report, const rule_count *count, size_t i)
{
    for (size_t k = 0; is_of_codes(count) && k < report->n_unknown; k++) {
        const sg_unknown_code *code = &report->unknown[k];

        if (!strcmp(sg_kind_table(report->batch.kind)->fields[code->field].name, count->field) && i-- == 0)
            return code;
    }
    return NULL;
}

static void say_unknown(sg_str *out, const sg_check_report *report, const rule_count *count)
{
    const sg_unknown_code *code;
    int64_t left = count->n;

    if (!is_of_codes(count))
        return;
    sg_str_add(out, "          unknown: ");
    for (size_t i = 0; (code = unknown_code(report, count, i)) != NULL; i++) {
        sg_str_printf(out, "%s'%s' (", i ? ", " : "", code->text);
        sg_str_add_count(out, code->n);
        sg_str_add(out, " rows)");
        left -= code->n;
    }
    if (left > 0)
        sg_str_printf(
            out, "%snot told, for what is rare or no plain code may be about a person: look at the lines",
            left < count->n ? "; the rest is " : "");
    sg_str_add_char(out, '\n');
}

static void say_rule(sg_str *out, const rule_count *count, const sg_check_report *report)
{
    int64_t rows = report->batch.counts.read - report->batch.counts.dropped;

    sg_str_printf(out, "    %s  ", count->rule->id);
    sg_str_add_count(out, count->n);
    if (count->lines[0])
        say_share(out, count->n, rows);
    sg_str_printf(out, ": %s", count->rule->text);
    if (*count->column)
        sg_str_printf(out, " (column '%s')", count->column);
    sg_str_printf(out, "\n          %s\n", count->rule->fix);
    if (count->lines[0]) {
        sg_str_add(out, "          line ");
        for (int64_t i = 0; i < count->n && i < EXAMPLES; i++)
            sg_str_printf(out, "%s%lld", i ? ", " : "", (long long)count->lines[i]);
        sg_str_add(out, count->n > EXAMPLES ? ", ...\n" : "\n");
    }
    if (*count->details)
        sg_str_printf(out, "          %s\n", count->details);
    say_unknown(out, report, count);
}

static int compare_counts(const void *a, const void *b)
{
    const rule_count *left = *(const rule_count *const *)a, *right = *(const rule_count *const *)b;

    if (left->rule->effect != right->rule->effect)
        return left->rule->effect < right->rule->effect ? -1 : 1;
    if (left->n != right->n)
        return left->n > right->n ? -1 : 1;
    if (left->rule != right->rule)
        return left->rule < right->rule ? -1 : 1;
    return strcmp(left->column, right->column);
}

/* What costs rows first, and of equal weight what is most frequent. */
static void say_rules(sg_str *out, const tally *t, const sg_check_report *report)
{
    static const char *const heads[] = {[SG_EFFECT_REFUSE_FILE] = "the file is refused",
                                        [SG_EFFECT_HOLD_FILE] = "the file is held",
                                        [SG_EFFECT_QUARANTINE] = "rows refused",
                                        [SG_EFFECT_DROP] = "rows that carry nothing, dropped",
                                        [SG_EFFECT_COLLAPSE] = "rows counted once",
                                        [SG_EFFECT_KEEP] = "rows kept, worth a look"};
    const rule_count **found = calloc(t->n + 1, sizeof *found);

    if (!found) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < t->n; i++)
        found[i] = &t->counts[i];
    if (t->n > 1)
        qsort(found, t->n, sizeof *found, compare_counts);
    for (size_t i = 0; i < t->n; i++) {
        if (i == 0 || found[i]->rule->effect != found[i - 1]->rule->effect)
            sg_str_printf(out, "  %s:\n", heads[found[i]->rule->effect]);
        say_rule(out, found[i], report);
    }
    free(found);
}

/* The people that the refused rows cost. */
static void say_effect(sg_str *out, const sg_check_effect *effect, const sg_batch *batch)
{
    if (sg_kind_table(batch->kind)->learner < 0)
        return;
    sg_str_add(out, "  effect on N: ");
    sg_str_add_count(out, effect->learners);
    sg_str_add(out,
               effect->learners == 1 ? " learner has an accepted row" : " learners have an accepted row");
    if (batch->counts.quarantined) {
        sg_str_add(out, "; ");
        sg_str_add_count(out, effect->lost);
        sg_str_add(out, " more would be lost, every row of theirs being refused");
    }
    if (effect->nobody_knows) {
        sg_str_add(out, "; of ");
        sg_str_add_count(out, effect->nobody_knows);
        sg_str_add(out, " refused rows it can't be told whose they are");
    }
    sg_str_add_char(out, '\n');
}

static void say_file(sg_str *out, const tally *t, const sg_check_report *report)
{
    const sg_batch *batch = &report->batch;
    char cutoff[SG_DAY_TEXT];

    sg_str_printf(out, "%s: %s, crosswalk %s, complete up to %s\n  ", t->name, sg_kind_text(batch->kind),
                  batch->crosswalk, sg_day_format(batch->cutoff, cutoff));
    sg_say_counts(out, &batch->counts);
    sg_str_add_char(out, '\n');
    say_rules(out, t, report);
    say_effect(out, &report->effect, batch);
    if (*report->held)
        sg_str_printf(out, "  an import would HOLD this file: %s\n", report->held);
}

/* What was found until then, which tells why: the file's own trouble is an error. */
static void say_refused(sg_str *out, const tally *t, const sg_check_report *report)
{
    if (t->n == 0)
        return;
    sg_str_printf(out, "%s: refused\n", t->name);
    say_rules(out, t, report);
}

static void add_json_unknown(sg_json *object, const sg_check_report *report, const rule_count *count)
{
    const sg_unknown_code *code;
    sg_json *codes = unknown_code(report, count, 0) ? sg_json_array() : NULL;

    for (size_t i = 0; codes && (code = unknown_code(report, count, i)) != NULL; i++) {
        sg_json *item = sg_json_object();

        sg_json_set_text(item, "code", code->text);
        sg_json_set_int(item, "n", code->n);
        sg_json_append(codes, item);
    }
    if (codes)
        sg_json_set(object, "unknown", codes);
}

static void add_json_rule(sg_json *rules, const rule_count *count, const sg_check_report *report)
{
    sg_json *object = sg_json_object();
    sg_json *lines = sg_json_array();

    for (int64_t i = 0; i < count->n && i < EXAMPLES; i++)
        sg_json_append_int(lines, count->lines[i]);
    sg_json_set_text(object, "rule", count->rule->id);
    sg_json_set_text(object, "severity", sg_severity_text(count->rule->severity));
    sg_json_set_text(object, "effect", sg_effect_text(count->rule->effect));
    sg_json_set_text(object, "column", *count->column ? count->column : NULL);
    sg_json_set_int(object, "n", count->n);
    sg_json_set(object, "first_lines", lines);
    if (*count->details)
        sg_json_set_text(object, "details", count->details);
    add_json_unknown(object, report, count);
    sg_json_set_text(object, "text", count->rule->text);
    sg_json_set_text(object, "fix", count->rule->fix);
    sg_json_append(rules, object);
}

/* why: of a file that is refused whole; NULL: it is not. */
static sg_json *file_json(const tally *t, const sg_check_report *report, const char *why)
{
    const sg_batch *batch = &report->batch;
    const char *held = report->held;
    sg_json *object = sg_json_object();
    sg_json *rules = sg_json_array();

    for (size_t i = 0; i < t->n; i++)
        add_json_rule(rules, &t->counts[i], report);
    sg_json_set_text(object, "file", t->name);
    sg_json_set_text(object, "kind", sg_kind_text(batch->kind));
    sg_json_set_text(object, "crosswalk", batch->crosswalk);
    sg_json_set_int(object, "rows", batch->counts.read);
    sg_json_set_int(object, "accepted", batch->counts.stored);
    sg_json_set_int(object, "refused", batch->counts.quarantined);
    sg_json_set_text(object, "would_hold", *held ? held : NULL);
    sg_json_set_text(object, "refused_for", why);
    sg_json_set(object, "findings", rules);
    return object;
}

/* across: takes the name of the file under its number there. */
static sg_status check_way(sg_workspace *w, const sg_import_options *way, const char *path,
                           sg_across_file *across, sg_str *out, sg_json *files, sg_err *err)
{
    sg_check_report report;
    tally t = {.name = path, .csv = out};
    sg_status status;

    status = sg_batch_check(w, way, path, count_finding, &t, &report, err);
    if (status == SG_OK)
        across[report.file].name = path;
    if (status == SG_OK && !strcmp(format, "text"))
        say_file(out, &t, &report);
    if (status == SG_REFUSED && !strcmp(format, "text"))
        say_refused(out, &t, &report);
    if ((status == SG_OK || status == SG_REFUSED) && files)
        sg_json_append(files, file_json(&t, &report, status == SG_REFUSED && err ? err->message : NULL));
    free(t.counts);
    return status == SG_OK && report.held[0] ? SG_HELD : status;
}

/* How many files, as often as each was to be read. */
typedef struct {
    size_t read, unread;
} read_count;

static sg_status check_file(sg_workspace *w, const char *path, sg_across_file *across, read_count *count,
                            sg_str *out, sg_json *files)
{
    sg_import_options ways[SG_N_KINDS];
    size_t n;
    sg_status worst = SG_OK;

    sg_batch_ways(w, &import_options, path, ways, &n);
    for (size_t i = 0; i < n; i++) {
        sg_err why = {0};
        sg_status status = check_way(w, &ways[i], path, across, out, files, &why);

        if (status == SG_OK || status == SG_HELD) {
            count->read++;
        } else {
            count->unread++;
            sg_log(SG_LOG_ERROR, "%s: %s", path, why.message);
        }
        worst = sg_status_worse(worst, status);
    }
    return worst;
}

/* Why less was looked at than was given; NULL: it was all. */
static const char *lack_of(const read_count *count)
{
    if (count->unread == 0)
        return NULL;
    return count->read == 0 ? "not looked at: a file was refused or could not be read"
                            : "not all was looked at: a file was refused or could not be read";
}

/* What the files say of each other, once all were read. */
static sg_status tell_across(sg_across *across, const sg_across_file *names, const char *lack, sg_str *out,
                             sg_json *files, sg_err *err)
{
    sg_json *object = files ? sg_json_object() : NULL;
    sg_status status;

    if (!strcmp(format, "csv"))
        return sg_list_across(across, names, out, err);
    status = sg_say_across(across, names, lack, out, object, err);
    if (files)
        sg_json_append(files, object);
    return status;
}

static sg_status check_files(const sg_cli *cli, sg_workspace *w, sg_str *out, sg_json *files, sg_err *err)
{
    SG_CLEANUP(sg_across_cleanup) sg_across *across = NULL;
    sg_across_file *names = sg_arena_alloc(cli->arena, cli->n_operands * SG_N_KINDS, sizeof *names);
    sg_status worst = names ? sg_batch_across_files(w, &across, err) : sg_no_memory(err), status;
    read_count count = {0};
    bool more;

    if (worst != SG_OK)
        return worst;
    import_options.across = across;
    for (size_t i = 0; i < cli->n_operands; i++)
        worst = sg_status_worse(worst, check_file(w, cli->operands[i], names, &count, out, files));
    status = sg_across_examine(across, &more, err);
    if (status == SG_OK)
        status = tell_across(across, names, lack_of(&count), out, files, err);
    return sg_status_worse(worst, status);
}

static sg_status check_stored(const sg_cli *cli, sg_workspace *w, sg_str *out, sg_json *files, sg_err *err)
{
    SG_CLEANUP(sg_across_cleanup) sg_across *across = NULL;
    const sg_batch *batches;
    sg_across_file *names;
    size_t n;
    sg_status status = sg_batch_across_stored(w, 0, cli->arena, &across, &batches, &n, err);

    if (status != SG_OK)
        return status;
    names = sg_arena_alloc(cli->arena, n + 1, sizeof *names);
    if (!names)
        return sg_no_memory(err);
    for (size_t i = 0; i < n; i++)
        names[i] = (sg_across_file){batches[i].id, batches[i].file_name};
    return tell_across(across, names, NULL, out, files, err);
}

static sg_status check(const sg_cli *cli, sg_workspace *w, sg_str *out, sg_err *err)
{
    sg_json *files = !strcmp(format, "json") ? sg_json_array() : NULL;
    sg_status status;

    if (!strcmp(format, "csv"))
        sg_findings_csv_header(out);
    status = stored ? check_stored(cli, w, out, files, err) : check_files(cli, w, out, files, err);
    if (files)
        status = sg_status_worse(status, sg_json_write(files, out, err));
    sg_json_free(files);
    return status;
}

static sg_status run(const sg_cli *cli, sg_err *err)
{
    SG_CLEANUP(sg_workspace_cleanup) sg_workspace *w = NULL;
    sg_str out = {0};
    sg_status status, said;

    if (stored == (cli->n_operands > 0))
        return sg_fail(err, SG_USAGE,
                       stored ? "'--stored' takes no files"
                              : "'check' needs at least one FILE, or '--stored'");
    if (as_csv)
        format = "csv";
    if (strcmp(format, "text") != 0 && strcmp(format, "csv") != 0 && strcmp(format, "json") != 0)
        return sg_fail(err, SG_USAGE, "'--format' is text, csv or json");
    status = sg_workspace_open(cli->folder, SG_STORE_READ, &w, err);
    if (status != SG_OK)
        return status;
    status = check(cli, w, &out, err);
    said = sg_out(&out, err);
    sg_str_release(&out);
    return sg_status_worse(status, said);
}

const sg_command sg_command_check = {
    .name = "check",
    .operands = "FILE...",
    .summary = "apply every import rule to files, each and all together, and store nothing",
    .example = "skillgain check enrollment.csv gain.csv",
    .options = options,
    .most = 1000,
    .run = run,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generate_dirt.h"

#define DIRT_SHARE 0.005

enum {
    COPY_AFTER,
    COPY_BEFORE,
    IN_PLACE,
    IN_PLACE_LATER,
    REPEAT,
    BLANK,
    HEADER,
    STRANGER,
    TOO_YOUNG,
    TOO_LATE
};
enum { FIRST_STRANGER = 90000000 };

typedef struct {
    double weight;
    const char *what;
    const char *expect;
    int way;
    int column; /* damaged; SG_NONE: the whole record */
    const char *text;
    const char *vendor_text; /* of any other layout; NULL: the same */
    int n_dropped;
} dirt_kind;

static const dirt_kind enrollment_dirt[] = {
    {5, "impossible_date", "refused", COPY_AFTER, SG_E_START, "2024-02-30", "02/30/2024", 0},
    {4, "end_before_start", "refused", COPY_AFTER, SG_E_END, "2019-01-31", "01/31/2019", 0},
    {4, "negative_hours", "refused", COPY_AFTER, SG_E_HOURS, "-12.50", NULL, 0},
    {4, "text_in_hours", "refused", COPY_AFTER, SG_E_HOURS, "twelve", NULL, 0},
    {2, "hours_over_9999", "refused", COPY_AFTER, SG_E_HOURS, "12000", "720000", 0},
    {3, "hours_with_thousands_separator", "refused", COPY_AFTER, SG_E_HOURS, "1,024.50", NULL, 0},
    {2, "missing_learner_id", "refused", COPY_AFTER, SG_E_LEARNER, "", NULL, 0},
    {3, "missing_start_date", "refused", COPY_AFTER, SG_E_START, "", NULL, 0},
    {2, "missing_college", "refused", COPY_AFTER, SG_E_COLLEGE, "", NULL, 0},
    {3, "unknown_iet_code", "refused", COPY_AFTER, SG_E_IET, "maybe", "Maybe", 0},
    {3, "excel_serial_date", "refused", COPY_AFTER, SG_E_START, "45123", NULL, 0},
    {3, "too_few_fields", "refused", COPY_AFTER, SG_NONE, NULL, NULL, 3},
    {3, "learner_of_14", "refused", TOO_YOUNG, SG_E_BIRTH, NULL, NULL, 0},
    {4, "earlier_version", "replaced", COPY_BEFORE, SG_E_HOURS, "99.75", NULL, 0},
    {6, "exact_duplicate", "collapsed", REPEAT, SG_NONE, NULL, NULL, 0},
    {5, "blank_line", "dropped", BLANK, SG_NONE, NULL, NULL, 0},
    {1, "repeated_header", "dropped", HEADER, SG_NONE, NULL, NULL, 0},
    {4, "unknown_flag_code", "warning", IN_PLACE, SG_E_FLAGS + SG_VETERAN, "maybe", NULL, 0},
    {5, "unknown_sex_code", "warning", IN_PLACE_LATER, SG_E_SEX, "Q", NULL, 0},
    {5, "unknown_employment_code", "warning", IN_PLACE_LATER, SG_E_EMPLOYMENT, "retired", "Retired", 0},
    {2, "excel_scientific_id", "refused_or_stored", STRANGER, SG_E_LEARNER, "1.02E+07", NULL, 0},
    {2, "unknown_college", "refused_or_stored", STRANGER, SG_E_COLLEGE, "99", "ZZZ", 0},
    {2, "start_after_cutoff", "stored", TOO_LATE, SG_E_START, NULL, NULL, 0},
};

static const dirt_kind gain_dirt[] = {
    {4, "impossible_date", "refused", COPY_AFTER, SG_G_DATE, "2023-11-31", "11/31/2023", 0},
    {3, "missing_gain_date", "refused", COPY_AFTER, SG_G_DATE, "", NULL, 0},
    {2, "missing_learner_id", "refused", COPY_AFTER, SG_G_LEARNER, "", NULL, 0},
    {3, "unknown_gain_type", "refused", COPY_AFTER, SG_G_TYPE, "badge", "Badge", 0},
    {2, "excel_serial_date", "refused", COPY_AFTER, SG_G_DATE, "45405", NULL, 0},
    {2, "too_few_fields", "refused", COPY_AFTER, SG_NONE, NULL, NULL, 2},
    {4, "exact_duplicate", "collapsed", REPEAT, SG_NONE, NULL, NULL, 0},
    {2, "blank_line", "dropped", BLANK, SG_NONE, NULL, NULL, 0},
    {3, "unknown_level_code", "warning", IN_PLACE, SG_G_TO, "ABE9", "ABE Level 9", 0},
    {4, "gain_of_unknown_learner", "stored", STRANGER, SG_NONE, NULL, NULL, 0},
    {2, "gain_after_cutoff", "stored", TOO_LATE, SG_G_DATE, NULL, NULL, 0},
};

static const dirt_kind test_dirt[] = {
    {4, "impossible_date", "refused", COPY_AFTER, SG_T_DATE, "2024-04-31", "04/31/2024", 0},
    {3, "missing_instrument", "refused", COPY_AFTER, SG_T_INSTRUMENT, "", NULL, 0},
    {2, "too_few_fields", "refused", COPY_AFTER, SG_NONE, NULL, NULL, 2},
    {4, "exact_duplicate", "collapsed", REPEAT, SG_NONE, NULL, NULL, 0},
    {2, "blank_line", "dropped", BLANK, SG_NONE, NULL, NULL, 0},
    {3, "unknown_level_code", "warning", IN_PLACE, SG_T_LEVEL, "ABE9", "ABE Level 9", 0},
};

static const struct {
    const dirt_kind *table;
    int n;
} tables[SG_KINDS] = {{enrollment_dirt, sizeof enrollment_dirt / sizeof enrollment_dirt[0]},
                      {gain_dirt, sizeof gain_dirt / sizeof gain_dirt[0]},
                      {test_dirt, sizeof test_dirt / sizeof test_dirt[0]},
                      {NULL, 0}};

/* Odd and no multiple of five, so that the multiplier permutes the numbers below 10^8; a tenth begin with zero. */
int sg_number_of(unsigned index)
{
    return (int)(((uint64_t)index * 48271037u + 7390213u) % 100000000u);
}

bool sg_dirt_open(sg_dirt *dirt, uint64_t seed, bool wanted)
{
    bool opened = true;
    *dirt = (sg_dirt){.wanted = wanted};
    for (int kind = 0; kind < SG_KINDS; kind++) {
        sg_rng_seed(&dirt->rngs[kind], seed, UINT64_MAX - (unsigned)kind);
        dirt->lists[kind] = tmpfile();
        opened = opened && dirt->lists[kind] != NULL;
    }
    return opened;
}

void sg_dirt_close(sg_dirt *dirt)
{
    for (int kind = 0; kind < SG_KINDS; kind++)
        if (dirt->lists[kind] != NULL)
            (void)fclose(dirt->lists[kind]); /* temporary: its content has been copied */
}

static void note_dirt(sg_dirt *dirt, const sg_export *export, const char *what, int column,
                      const char *expect)
{
    const char *field = column == SG_NONE ? "" : sg_export_column_name(export->kind, column);
    fprintf(dirt->lists[export->kind], "%s.csv,%ld,%s,%s,%s\n", sg_export_name(export->kind), export->line,
            what, field, expect);
    dirt->counts[export->kind]++;
}

static void make_stranger(sg_dirt *dirt, const sg_export *export, sg_record *record)
{
    int number = sg_number_of(FIRST_STRANGER + dirt->ghosts++);
    int *values = record->values;
    if (export->kind == SG_GAIN) {
        values[SG_G_LEARNER] = number;
        return;
    }
    values[SG_E_LEARNER] = number;
    values[SG_E_BIRTH] = sg_day_of(1995, 5, 5);
    values[SG_E_END] = values[SG_E_NUMBER] = values[SG_E_PROGRAM] = SG_NONE;
    values[SG_E_PLANNED] = values[SG_E_EXIT] = SG_NONE;
    values[SG_E_COMPONENT] = SG_AE;
    values[SG_E_IET] = SG_IET_NO;
    values[SG_E_WORKPLACE] = 0;
    values[SG_E_HOURS] = 600;
}

/* A slip of the pen in the year. The days lie far apart, for three records on one
 * would pass for a delivered day. */
static int draw_late_day(sg_rng *rng)
{
    return sg_rng_between(rng, sg_day_of(2060, 1, 1), sg_day_of(2095, 12, 31));
}

static void write_damaged(sg_dirt *dirt, sg_export *export, const sg_record *record, const dirt_kind *kind)
{
    sg_record changed = *record;
    bool vendor = export->layout != SG_CANONICAL && kind->vendor_text != NULL;
    sg_damage damage = {kind->column, vendor ? kind->vendor_text : kind->text, kind->n_dropped};
    if (kind->way == STRANGER || (kind->way == TOO_LATE && export->kind == SG_ENROLLMENT))
        make_stranger(dirt, export, &changed);
    if (kind->way == TOO_LATE)
        changed.values[kind->column] = draw_late_day(&dirt->rngs[export->kind]);
    if (kind->way == TOO_YOUNG)
        changed.values[SG_E_BIRTH] = record->values[SG_E_START] - 14 * 365 - 100;
    if (kind->text == NULL)
        damage.column = SG_NONE;
    note_dirt(dirt, export, kind->what, kind->column, kind->expect);
    if (kind->way == BLANK)
        sg_export_blank(export);
    else if (kind->way == HEADER)
        sg_export_header(export);
    else
        sg_export_write(export, &changed, &damage);
}

/* Each kind once, in order of its table, then by weight: no small sample lacks one. */
static const dirt_kind *draw_kind(sg_dirt *dirt, int kind)
{
    if (dirt->n_shown[kind] < tables[kind].n)
        return &tables[kind].table[dirt->n_shown[kind]];
    double weights[sizeof enrollment_dirt / sizeof enrollment_dirt[0]];
    for (int i = 0; i < tables[kind].n; i++)
        weights[i] = tables[kind].table[i].weight;
    return &tables[kind].table[sg_rng_pick(&dirt->rngs[kind], weights, tables[kind].n)];
}

/* Would the damage leave the record as it is, or hide a value that nothing else gives? */
static bool fits(const dirt_kind *kind, const sg_record *record, bool first)
{
    if (kind->way == IN_PLACE_LATER)
        return !first;
    if (kind->way == IN_PLACE)
        return record->values[kind->column] != SG_NONE;
    return true;
}

void sg_dirt_write(sg_dirt *dirt, sg_export *export, const sg_record *record, bool first)
{
    const dirt_kind *kind = dirt->wanted && sg_rng_chance(&dirt->rngs[export->kind], DIRT_SHARE)
                                ? draw_kind(dirt, export->kind)
                                : NULL;
    if (kind == NULL || !fits(kind, record, first)) {
        sg_export_write(export, record, NULL);
        return;
    }
    if (dirt->n_shown[export->kind] < tables[export->kind].n)
        dirt->n_shown[export->kind]++;
    bool in_place = kind->way == IN_PLACE || kind->way == IN_PLACE_LATER;
    if (!in_place && kind->way != COPY_BEFORE)
        sg_export_write(export, record, NULL);
    write_damaged(dirt, export, record, kind);
    if (kind->way == COPY_BEFORE)
        sg_export_write(export, record, NULL);
}

void sg_dirt_total(sg_dirt *dirt, sg_export *export, long long hours)
{
    if (!dirt->wanted)
        return;
    note_dirt(dirt, export, "trailing_total", SG_NONE, "dropped");
    sg_export_total(export, hours);
}

bool sg_dirt_list(sg_dirt *dirt, FILE *file)
{
    char bytes[8192];
    fputs("file,line,what,field,expect\n", file);
    for (int kind = 0; kind < SG_KINDS; kind++) {
        FILE *list = dirt->lists[kind];
        rewind(list);
        for (size_t n = fread(bytes, 1, sizeof bytes, list); n > 0; n = fread(bytes, 1, sizeof bytes, list))
            if (fwrite(bytes, 1, n, file) != n)
                return false;
        if (ferror(list))
            return false;
    }
    return true;
}

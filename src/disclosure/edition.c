/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "family.h"
#include "line.h"
#include "protect.h"
#include "publication.h"

typedef struct {
    sg_results *results;
    const sg_disclosure_policy *policy;
    int year;
    const char *variant, *outcome;
    bool **hidden; /* [dimension][level] */
    bool any_gain; /* the any-type outcome may be shown at the totals */
} masking;

static bool is_total(const char *dimension)
{
    return !strcmp(dimension, "all");
}

/* ---- what an edition holds at all ---- */

static bool holds(const masking *m, int year, const char *college, const char *variant, const char *outcome,
                  const char *dimension)
{
    if (year != m->year || *college || strcmp(variant, m->variant) != 0)
        return false;
    if (!*outcome || !strcmp(outcome, m->outcome) || !strcmp(outcome, "iet"))
        return true;
    return !strcmp(outcome, "msg") && is_total(dimension) && m->any_gain;
}

static void keep_cells(const masking *m)
{
    sg_results *results = m->results;
    size_t kept = 0;

    for (size_t i = 0; i < results->n_cells; i++) {
        const sg_cell *cell = &results->cells[i];

        if (holds(m, cell->program_year, cell->college, cell->variant, cell->outcome, cell->dimension))
            results->cells[kept++] = *cell;
    }
    results->n_cells = kept;
}

static void keep_estimates(const masking *m)
{
    sg_results *results = m->results;
    size_t kept = 0;

    for (size_t i = 0; i < results->n_estimates; i++) {
        const sg_estimate *e = &results->estimates[i];

        if (holds(m, e->program_year, e->college, e->variant, e->outcome, e->dimension))
            results->estimates[kept++] = *e;
    }
    results->n_estimates = kept;
}

/* The four parts of the any-type outcome are its smallest sides: one of them too small, and it is left out for both arms, since
 * the common-type outcome beside it would give the part away. */
static bool parts_are_large(const masking *m)
{
    static const sg_arm_subset arms[] = {SG_ARM_IET, SG_ARM_COMPARISON};
    static const sg_measure parts[] = {SG_MEASURE_COMMON_ONLY, SG_MEASURE_BOTH, SG_MEASURE_OTHER_ONLY,
                                       SG_MEASURE_NO_GAIN};
    sg_cell key = {.program_year = m->year,
                   .college = "",
                   .variant = m->variant,
                   .outcome = "msg",
                   .dimension = "all",
                   .level = "all"};

    for (size_t a = 0; a < sizeof arms / sizeof *arms; a++)
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            const sg_cell *cell;

            key.arm = arms[a];
            key.measure = parts[p];
            cell = sg_results_cell(m->results, &key);
            if (!cell || cell->count < m->policy->minimum_outcome)
                return false;
        }
    return true;
}

/* ---- which lines are hidden ---- */

/* Its table and that of the dimension it is made of could be subtracted from each other. */
static bool is_related(const masking *m, const char *dimension)
{
    for (size_t i = 0; i < m->results->facts.n_related; i++)
        if (!strcmp(m->results->facts.related[i], dimension))
            return true;
    return false;
}

static sg_status protect_dimension(masking *m, size_t d, sg_err *err)
{
    const sg_dimension *dimension = &m->results->dimensions[d];
    sg_line *lines = sg_arena_alloc(m->results->arena, dimension->n_levels, sizeof *lines);

    m->hidden[d] = sg_arena_alloc(m->results->arena, dimension->n_levels, sizeof *m->hidden[d]);
    if (!lines || !m->hidden[d])
        return sg_no_memory(err);
    for (size_t i = 0; i < dimension->n_levels; i++)
        if (!sg_line_read(m->results, m->year, m->variant, m->outcome, dimension->name,
                          dimension->levels[i].name, &lines[i]))
            return sg_fail(err, SG_FAILED, "the draft has no counts for '%s=%s'; make a new draft",
                           dimension->name, dimension->levels[i].name);
    sg_protect_lines(lines, dimension->n_levels, m->policy);
    for (size_t i = 0; i < dimension->n_levels; i++)
        m->hidden[d][i] = lines[i].hidden || is_related(m, dimension->name);
    return SG_OK;
}

/* Is the line of a level hidden? A name that is no level of the dimension (all_others, overall, a number) is made of the totals. */
static bool is_hidden(const masking *m, const char *dimension, const char *level)
{
    for (size_t d = 0; d < m->results->n_dimensions; d++) {
        const sg_dimension *candidate = &m->results->dimensions[d];

        if (strcmp(candidate->name, dimension) != 0)
            continue;
        for (size_t i = 0; i < candidate->n_levels; i++)
            if (!strcmp(candidate->levels[i].name, level))
                return m->hidden[d][i];
    }
    return false;
}

/* A level that the data chose as the reference has no gap of its own: where a line is hidden, the absence would tell which one it
 * was. Such gaps are no part of the edition. */
static bool reference_would_tell(const masking *m, const sg_estimate *e)
{
    if (strcmp(e->reference, "highest") != 0 && strcmp(e->reference, "largest") != 0)
        return false;
    for (size_t d = 0; d < m->results->n_dimensions; d++) {
        const sg_dimension *dimension = &m->results->dimensions[d];

        for (size_t i = 0; !strcmp(dimension->name, e->dimension) && i < dimension->n_levels; i++)
            if (m->hidden[d][i])
                return true;
    }
    return false;
}

static void drop_telling_gaps(const masking *m)
{
    sg_results *results = m->results;
    size_t kept = 0;

    for (size_t i = 0; i < results->n_estimates; i++)
        if (!reference_would_tell(m, &results->estimates[i]))
            results->estimates[kept++] = results->estimates[i];
    results->n_estimates = kept;
}

/* ---- hiding ---- */

static void mask_count(int64_t *count)
{
    if (*count != SG_COUNT_NONE)
        *count = SG_COUNT_MASKED;
}

static void mask_estimate(sg_estimate *e)
{
    double *const figures[] = {&e->estimate,  &e->std_error, &e->ci_low,  &e->ci_high,
                               &e->statistic, &e->df,        &e->p_value, &e->p_adjusted};
    int64_t *const counts[] = {&e->n_iet,   &e->x_iet,   &e->n_comparison, &e->x_comparison,
                               &e->n_level, &e->x_level, &e->n_reference,  &e->x_reference};

    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        *figures[i] = nan("");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        mask_count(counts[i]);
    e->status = SG_ESTIMATE_SUPPRESSED;
    e->note = "hidden to protect small groups";
}

/* ---- what is printed: whole per cent below 300, else one decimal; everything else 3 significant digits ---- */

static double rounded(double value, int digits)
{
    sg_str text = {0};
    double result = nan("");

    sg_str_add_fixed(&text, value, digits);
    if (!text.failed && text.length && !sg_parse_double(text.text, text.length, &result))
        result = nan("");
    sg_str_release(&text);
    return result;
}

static double three_digits(double value)
{
    int magnitude;

    if (!isfinite(value) || fpclassify(value) == FP_ZERO)
        return value;
    magnitude = (int)floor(log10(fabs(value)));
    if (magnitude < -15) { /* too long a decimal for text; a p-value this small is printed as < 0.001 */
        double scale = pow(10, 2 - magnitude);

        return isfinite(scale) ? round(value * scale) / scale : value;
    }
    return magnitude >= 2 ? rounded(value, 0) : rounded(value, 2 - magnitude);
}

static int64_t least_n(const sg_estimate *e)
{
    const int64_t counts[] = {e->n_iet, e->n_comparison, e->n_level, e->n_reference};
    int64_t least = INT64_MAX;

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i] >= 0 && counts[i] < least)
            least = counts[i];
    return least;
}

static bool is_share(const sg_estimate *e)
{
    static const char *const shares[] = {"rate", "risk_difference", "gap", "gap_closure"};

    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        if (!strcmp(e->estimand, shares[i]))
            return true;
    return false;
}

static void round_estimate(sg_estimate *e)
{
    double *const main[] = {&e->estimate, &e->ci_low, &e->ci_high};
    double *const rest[] = {&e->std_error, &e->statistic, &e->df, &e->p_value, &e->p_adjusted};
    int digits = least_n(e) < 300 ? 2 : 3;

    for (size_t i = 0; i < sizeof main / sizeof *main; i++)
        *main[i] = is_share(e) ? rounded(*main[i], digits) : three_digits(*main[i]);
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        *rest[i] = three_digits(*rest[i]);
}

static void mask_all(const masking *m)
{
    for (size_t i = 0; i < m->results->n_cells; i++) {
        sg_cell *cell = &m->results->cells[i];

        if (!is_total(cell->dimension) && is_hidden(m, cell->dimension, cell->level))
            cell->count = SG_COUNT_MASKED;
    }
    for (size_t i = 0; i < m->results->n_estimates; i++) {
        sg_estimate *e = &m->results->estimates[i];

        if (!is_total(e->dimension) &&
            (is_hidden(m, e->dimension, e->level) || is_hidden(m, e->dimension, e->reference)))
            mask_estimate(e);
    }
}

static void round_all(const masking *m)
{
    for (size_t i = 0; i < m->results->n_estimates; i++)
        if (m->results->estimates[i].status != SG_ESTIMATE_SUPPRESSED)
            round_estimate(&m->results->estimates[i]);
}

/* Facts of the night stay inside: what arrived, what was refused, who fell out where. The share that the headline covers is told
 * in tens of per cent, and not the count behind it. */
static void strip_facts(const masking *m)
{
    sg_facts *facts = &m->results->facts;
    size_t kept = 0;

    for (size_t i = 0; i < facts->n_years; i++)
        if (facts->years[i].program_year == m->year) {
            sg_year_facts year = facts->years[i];

            year.iet_naive = SG_COUNT_NONE;
            /* in tens, downwards: with the published count a finer share would tell how few were left out */
            year.coverage = floor(year.coverage * 10 + 1e-9) / 10;
            facts->years[kept++] = year;
        }
    facts->n_years = kept;
    facts->headline_year = m->year;
    facts->n_flow = facts->n_deliveries = facts->n_findings = facts->n_rules = facts->n_notes = 0;
    facts->input_sha256[0] = '\0';
    for (size_t i = 0; i < facts->n_accepted; i++)
        facts->accepted[i] = (sg_accepted_facts){
            .kind = facts->accepted[i].kind, .day = facts->accepted[i].day, .file = "", .reason = ""};
}

static sg_status check_totals(const masking *m, sg_err *err)
{
    sg_line totals;

    if (!sg_line_read(m->results, m->year, m->variant, m->outcome, "all", "all", &totals))
        return sg_fail(err, SG_DISCLOSURE, "the draft has no closed program year %d to make an edition of",
                       m->year);
    if (sg_line_is_small(&totals, m->policy))
        return sg_fail(
            err, SG_DISCLOSURE,
            "program year %d has an arm too small to publish even in total; no edition can be made of it",
            m->year);
    return SG_OK;
}

static sg_status mask_results(masking *m, sg_err *err)
{
    sg_status status = check_totals(m, err);

    if (status != SG_OK)
        return status;
    m->hidden = sg_arena_alloc(m->results->arena, m->results->n_dimensions + 1, sizeof *m->hidden);
    if (!m->hidden)
        return sg_no_memory(err);
    for (size_t d = 0; status == SG_OK && d < m->results->n_dimensions; d++)
        status = protect_dimension(m, d, err);
    if (status != SG_OK)
        return status;
    m->any_gain = strcmp(m->outcome, "msg") != 0 && parts_are_large(m);
    keep_cells(m);
    keep_estimates(m);
    drop_telling_gaps(m);
    mask_all(m);
    status = sg_families_adjust(m->results, err);
    if (status != SG_OK)
        return status;
    sg_results_judge(m->results);
    round_all(m);
    strip_facts(m);
    return SG_OK;
}

/* Thresholds are of learners. Where a learner may be counted in several terms, as many counts are wanted as the fewest learners can make. */
static sg_disclosure_policy policy_in_units(const sg_disclosure_policy *policy, const sg_facts *facts)
{
    sg_disclosure_policy units = *policy;
    int64_t most = facts->units_a_learner > 1 ? facts->units_a_learner : 1;

    units.minimum_cell *= most;
    units.minimum_outcome *= most;
    units.minimum_interval *= most;
    return units;
}

sg_status sg_publication_edition(const sg_results *results, const sg_disclosure_policy *policy,
                                 int program_year, const char *name, sg_publication **out, sg_err *err)
{
    SG_CLEANUP(sg_publication_cleanup) sg_publication *publication = NULL;
    sg_status status;
    const sg_disclosure_policy units = policy_in_units(policy, &results->facts);
    masking m = {.policy = &units, .year = program_year};

    if (*results->facts.college)
        return sg_fail(err, SG_USAGE,
                       "the draft is of one college; editions are made from a draft of the state");
    status = sg_publication_copy(results, &publication, err);
    if (status != SG_OK)
        return status;
    m.results = publication->results;
    m.variant = m.results->facts.headline_variant;
    m.outcome = m.results->facts.headline_outcome;
    status = mask_results(&m, err);
    if (status != SG_OK)
        return status;
    publication->kind = SG_PUBLICATION_EDITION;
    publication->policy = units;
    memcpy(publication->name, name, strnlen(name, sizeof publication->name - 1));
    *out = publication;
    publication = NULL;
    return SG_OK;
}

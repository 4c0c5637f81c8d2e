/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "page.h"

enum {
    WHOLE_BELOW = 300
}; /* editions hold rates of groups below it in whole per cent (disclosure.md section 2) */

static const char masked[] = "*", not_estimable[] = "not estimable", not_collected[] = "not collected";
static const char minus[] = "\xE2\x88\x92";

const char *sg_print_year(const sg_page *page, int year)
{
    return sg_document_printf(page->doc, "PY %d-%02d", year, (year + 1) % 100);
}

const char *sg_print_count(const sg_page *page, int64_t count)
{
    sg_str text = {0};

    if (count == SG_COUNT_MASKED)
        return masked;
    if (count < 0)
        return not_collected;
    sg_str_add_count(&text, count);
    return sg_document_keep(page->doc, &text);
}

static void add_signed(sg_str *text, double value, int digits, bool with_plus)
{
    sg_str plain = {0};

    sg_str_add_fixed(&plain, value, digits);
    if (sg_text_starts(sg_str_text(&plain), "-"))
        sg_str_printf(text, "%s%s", minus, plain.text + 1);
    else
        sg_str_printf(text, "%s%s",
                      with_plus && value > 0 && strpbrk(sg_str_text(&plain), "123456789") ? "+" : "",
                      sg_str_text(&plain));
    text->failed = text->failed || plain.failed;
    sg_str_release(&plain);
}

const char *sg_print_percent(const sg_page *page, double share, int digits)
{
    sg_str text = {0};

    if (!isfinite(share))
        return not_estimable;
    sg_str_add_fixed(&text, share * 100, digits);
    sg_str_add_char(&text, '%');
    return sg_document_keep(page->doc, &text);
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

/* Drafts hold every digit, editions what they may print. */
static int decimals(const sg_page *page, const sg_estimate *e)
{
    return !page->is_draft && least_n(e) < WHOLE_BELOW ? 0 : 1;
}

/* What stands where a figure can't; NULL: there is one. */
static const char *in_place_of(const sg_estimate *e)
{
    if (!e)
        return not_collected;
    if (e->status == SG_ESTIMATE_SUPPRESSED)
        return masked;
    return isfinite(e->estimate) ? NULL : not_estimable;
}

static const char *print_value(const sg_page *page, double value, int digits, bool with_plus)
{
    sg_str text = {0};

    if (!isfinite(value))
        return not_estimable;
    add_signed(&text, value, digits, with_plus);
    return sg_document_keep(page->doc, &text);
}

const char *sg_print_rate(const sg_page *page, const sg_estimate *e)
{
    const char *mark = in_place_of(e);

    return mark ? mark : sg_print_percent(page, e->estimate, decimals(page, e));
}

const char *sg_print_rate_interval(const sg_page *page, const sg_estimate *e)
{
    const char *mark = in_place_of(e);

    return mark ? mark
                : sg_document_printf(page->doc, "%s to %s",
                                     sg_print_percent(page, e->ci_low, decimals(page, e)),
                                     sg_print_percent(page, e->ci_high, decimals(page, e)));
}

const char *sg_print_rate_whole(const sg_page *page, const sg_estimate *e)
{
    const char *mark = in_place_of(e);

    return mark ? mark
                : sg_document_printf(page->doc, "%s (%s)", sg_print_rate(page, e),
                                     sg_print_rate_interval(page, e));
}

const char *sg_print_rate_short(const sg_page *page, const sg_estimate *e)
{
    const char *mark = in_place_of(e);

    return mark ? mark
                : sg_document_printf(page->doc, "%s (%s to %s)", sg_print_rate(page, e),
                                     print_value(page, e->ci_low * 100, decimals(page, e), false),
                                     print_value(page, e->ci_high * 100, decimals(page, e), false));
}

const char *sg_print_size(const sg_page *page, const sg_estimate *e)
{
    const char *mark = in_place_of(e);

    return mark ? mark : print_value(page, fabs(e->estimate) * 100, decimals(page, e), false);
}

const char *sg_print_points(const sg_page *page, const sg_estimate *e)
{
    const char *mark = in_place_of(e);

    return mark ? mark : print_value(page, e->estimate * 100, decimals(page, e), true);
}

const char *sg_print_points_brief(const sg_page *page, const sg_estimate *e)
{
    const char *mark = in_place_of(e);

    if (!mark)
        return sg_print_points(page, e);
    return mark == masked ? masked : "\xE2\x80\x93";
}

const char *sg_print_points_interval(const sg_page *page, const sg_estimate *e)
{
    const char *mark = in_place_of(e);

    return mark ? mark
                : sg_document_printf(page->doc, "%s to %s",
                                     print_value(page, e->ci_low * 100, decimals(page, e), true),
                                     print_value(page, e->ci_high * 100, decimals(page, e), true));
}

const char *sg_print_points_whole(const sg_page *page, const sg_estimate *e)
{
    const char *mark = in_place_of(e);

    return mark ? mark
                : sg_document_printf(page->doc, "%s (%s)", sg_print_points(page, e),
                                     sg_print_points_interval(page, e));
}

const char *sg_print_ratio_whole(const sg_page *page, const sg_estimate *e)
{
    const char *mark = in_place_of(e);

    return mark ? mark
                : sg_document_printf(page->doc, "%s (%s to %s)", print_value(page, e->estimate, 2, false),
                                     print_value(page, e->ci_low, 2, false),
                                     print_value(page, e->ci_high, 2, false));
}

/* Without decimals it has commas. */
static void add_amount(sg_str *text, double value, int digits, bool with_plus)
{
    int64_t whole = llround(fabs(value));

    if (digits > 0) {
        add_signed(text, value, digits, with_plus);
        return;
    }
    if (value < 0 && whole > 0)
        sg_str_add(text, minus);
    else if (with_plus && whole > 0)
        sg_str_add_char(text, '+');
    sg_str_add_count(text, whole);
}

const char *sg_print_amount_whole(const sg_page *page, const sg_estimate *e, int digits, bool with_plus)
{
    const char *mark = in_place_of(e);
    sg_str text = {0};

    if (mark)
        return mark;
    add_amount(&text, e->estimate, digits, with_plus);
    if (isfinite(e->ci_low) && isfinite(e->ci_high)) {
        sg_str_add(&text, " (");
        add_amount(&text, e->ci_low, digits, with_plus);
        sg_str_add(&text, " to ");
        add_amount(&text, e->ci_high, digits, with_plus);
        sg_str_add_char(&text, ')');
    } else {
        sg_str_add(&text, " (no interval)");
    }
    return sg_document_keep(page->doc, &text);
}

const char *sg_print_ratio(const sg_page *page, const sg_estimate *e)
{
    const char *mark = in_place_of(e);

    return mark ? mark : print_value(page, e->estimate, 2, false);
}

static const char *print_p(const sg_page *page, const sg_estimate *e, double p)
{
    if (!e || e->status != SG_ESTIMATE_OK || !isfinite(p))
        return "";
    return p < 0.001 ? "< 0.001" : print_value(page, p, 3, false);
}

const char *sg_print_p(const sg_page *page, const sg_estimate *e)
{
    return print_p(page, e, e ? e->p_adjusted : nan(""));
}

const char *sg_print_p_alone(const sg_page *page, const sg_estimate *e)
{
    return print_p(page, e, e ? e->p_value : nan(""));
}

const char *sg_print_alpha(const sg_page *page)
{
    double alpha = 1 - page->facts->confidence, hundredths = alpha * 100;

    return print_value(page, alpha, fabs(hundredths - round(hundredths)) < 1e-9 ? 2 : 3, false);
}

const char *sg_print_says(const sg_estimate *difference)
{
    static const char *const words[SG_N_SAYS] = {[SG_SAYS_HIGHER] = "higher",
                                                 [SG_SAYS_LOWER] = "lower",
                                                 [SG_SAYS_UNCLEAR] = "no clear difference",
                                                 [SG_SAYS_SMALL] = "too few to say",
                                                 [SG_SAYS_HIDDEN] = masked,
                                                 [SG_SAYS_NOTHING] = not_estimable,
                                                 [SG_SAYS_ABSENT] = not_collected};

    return words[sg_says_of(difference)];
}

const char *sg_print_verdict(const sg_estimate *gap)
{
    static const char *const words[SG_N_VERDICTS] = {[SG_VERDICT_GAP] = "gap found",
                                                     [SG_VERDICT_NO_LARGE] = "no gap larger than the margin",
                                                     [SG_VERDICT_NOT_ENOUGH] = "not enough evidence",
                                                     [SG_VERDICT_HIDDEN] = masked,
                                                     [SG_VERDICT_NOTHING] = not_estimable,
                                                     [SG_VERDICT_ABSENT] = not_collected};

    return words[sg_verdict_of(gap)];
}

const char *sg_print_margin(const sg_page *page)
{
    double points = page->facts->equivalence_margin * 100;
    bool whole = fabs(points - round(points)) < 1e-9;

    return sg_document_printf(page->doc, "%s percentage points",
                              print_value(page, points, whole ? 0 : 1, false));
}

const char *sg_print_reference(const sg_page *page, const char *reference)
{
    static const char *const words[][2] = {
        {"all_others",
         "everyone else, IET learners and other learners apart, those with nothing reported included"},
        {"overall", "everyone, IET learners and other learners apart"},
        {"highest", "the group with the highest rate, chosen from these data"},
        {"largest", "the largest group"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], reference))
            return words[i][1];
    return sg_document_printf(page->doc, "%s", reference);
}

/* "efl_test, diploma" as the labels of the codes. */
const char *sg_print_types(const sg_page *page)
{
    const char *at = page->facts->common_types;
    sg_str text = {0};

    while (*at) {
        size_t length = strcspn(at, ", ");
        char *code = length ? sg_arena_strndup(page->doc->arena, at, length) : NULL;
        int64_t value = code ? sg_code_find(&sg_codes_gain_type, code) : 0;

        if (code)
            sg_str_printf(&text, "%s%s", text.length ? "; " : "",
                          value > 0 ? sg_codes_gain_type.codes[value - 1].label : code);
        at += length;
        at += strspn(at, ", ");
    }
    return sg_document_keep(page->doc, &text);
}

/* The i-th grade of a list such as "confirmed, supported, claimed" and what follows; "" behind the last. */
static const char *grade_at(const sg_page *page, size_t i)
{
    const char *at = page->facts->iet_grades;

    for (; i > 0 && *at; i--) {
        at += strcspn(at, ",");
        at += strspn(at, ", ");
    }
    return at;
}

static bool is_grade(const char *at, const char *name)
{
    return strcspn(at, ",") == strlen(name) && sg_text_starts(at, name);
}

static const char *explain_grade(const sg_page *page, const char *at)
{
    static const char *const told[][2] = {{"confirmed", "shared/grade_confirmed"},
                                          {"supported", "shared/grade_supported"},
                                          {"claimed", "shared/grade_claimed"}};

    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (is_grade(at, told[i][0]))
            return sg_say_plain(page->doc, told[i][1], SG_NO_VALUES);
    return sg_document_printf(page->doc, "%.*s", (int)strcspn(at, ","), at);
}

const char *sg_print_counted(const sg_page *page)
{
    bool unconfirmed = false;
    sg_str grades = {0};

    for (size_t i = 0; *grade_at(page, i); i++) {
        const char *grade = grade_at(page, i);

        if (is_grade(grade, "confirmed") && sg_lacks_register(page))
            unconfirmed = true;
        else
            sg_str_printf(&grades, "%s%s", grades.length ? " or " : "", explain_grade(page, grade));
    }
    return sg_say_plain(page->doc, unconfirmed ? "shared/grades_unconfirmed" : "shared/grades",
                        SG_VALUES({"grades", sg_document_keep(page->doc, &grades), NULL}));
}

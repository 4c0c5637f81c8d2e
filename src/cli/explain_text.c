/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain_text.h"

#include "explain_parts.h"

static void add_learner(sg_explain_page *page, const sg_explained_id *id, size_t i)
{
    const sg_told_learner *told = id->learners[i];
    const sg_explained_learner *learner = told->counted;

    sg_str_printf(page->out, "\nlearner on line %lld", (long long)id->line);
    if (id->n > 1)
        sg_str_printf(page->out, " (%zu of %zu of this id)", i + 1, id->n);
    sg_str_add(page->out, ": ");
    sg_explain_units(page, learner);
    sg_explain_pops(page, learner);
    sg_explain_rows(page, learner);
    sg_explain_evidence(page, learner);
    sg_explain_federal(page, told);
    sg_explain_across(page, told);
}

static void add_id(sg_explain_page *page, const sg_explained_id *id)
{
    static const char *const texts[SG_N_ID_FATES] = {
        [SG_ID_ABSENT] = "the store has no learner with this id",
        [SG_ID_FORGOTTEN] = "was forgotten: the store has nothing of the learner and takes nothing in",
        [SG_ID_REPEATED] = "the same id as on line ",
        [SG_ID_IMPOSSIBLE] = "no learner can have such an id; give it as exports have it",
    };

    for (size_t i = 0; i < id->n; i++)
        add_learner(page, id, i);
    if (id->fate == SG_ID_EXPLAINED)
        return;
    sg_str_printf(page->out, "\nlearner on line %lld: %s", (long long)id->line, texts[id->fate]);
    if (id->fate == SG_ID_REPEATED)
        sg_str_printf(page->out, "%lld", (long long)id->first_line);
    sg_str_add_char(page->out, '\n');
}

/* Who is told to be absent may have been delivered all the same. */
static void add_unsearched(sg_explain_page *page)
{
    bool any = false;

    for (size_t i = 0; i < page->all->n; i++)
        any = any || page->all->ids[i].fate == SG_ID_ABSENT;
    if (!any)
        return;
    if (page->all->has_refused)
        sg_str_add(page->out,
                   "\nrefused rows are not searched, for whose they are is not kept: 'skillgain quarantine' "
                   "lists them by file, line and rule\n");
    if (page->all->has_held)
        sg_str_add(page->out,
                   "\nrows of held deliveries are not in the store: 'skillgain status' names the files\n");
}

static void add_head(sg_explain_page *page)
{
    int year = sg_program_year(page->all->as_of);

    sg_str_add(page->out, "as of ");
    sg_explain_day(page, page->all->as_of, "");
    sg_str_printf(page->out,
                  ": a participant has %d hours, a period of participation ends after %d days without "
                  "service, follow-up lasts %d days\n",
                  sg_config_yearly(page->config, SG_YEARLY_PARTICIPANT_HOURS, year),
                  sg_config_yearly(page->config, SG_YEARLY_EXIT_GAP_DAYS, year),
                  page->config->cohort.follow_up_days);
}

static void add_rules(sg_explain_page *page)
{
    bool any = false;

    for (int i = 0; i < SG_N_COUNTING; i++) {
        const sg_counting_rule *rule = sg_counting_rule_of((sg_counting)i);

        if (!page->spoken[i])
            continue;
        sg_str_printf(page->out, "%s  %-4s %s (%s)\n", any ? "" : "\nrules\n", rule->id, rule->text,
                      rule->source);
        any = true;
    }
}

/* The learners' own program years, first and last; the year of the as-of date where they have none. */
static void find_years(const sg_explain_page *page, int *first, int *last)
{
    bool any = false;

    *first = *last = sg_program_year(page->all->as_of);
    for (size_t i = 0; i < page->all->n; i++)
        for (size_t k = 0; k < page->all->ids[i].n; k++) {
            const sg_explained_learner *learner = page->all->ids[i].learners[k]->counted;

            for (size_t u = 0; u < learner->n_units; u++) {
                int year = learner->units[u].program_year;

                *first = !any || year < *first ? year : *first;
                *last = !any || year > *last ? year : *last;
                any = true;
            }
        }
}

static void add_yearly_value(sg_explain_page *page, sg_yearly_rule rule, int year)
{
    sg_yearly_print(rule, (unsigned)sg_config_yearly(page->config, rule, year), page->out);
    if (sg_config_is_own(page->config, rule)) {
        sg_str_printf(page->out, " (the workspace's key cohort.%s)", sg_yearly_id(rule));
        return;
    }
    const sg_yearly_rules *rules = page->config->rules ? page->config->rules : &sg_yearly_shipped;

    for (size_t i = 0; i < rules->n; i++)
        if (rules->lines[i].rule == rule && sg_yearly_holds(&rules->lines[i], year))
            sg_str_printf(page->out, " (%s; %s)", rules->lines[i].source, rules->lines[i].sure);
}

/* What the rules have set in those years; a year is named where its value is another one than that of the year before. */
static void add_yearly(sg_explain_page *page)
{
    int first, last;

    find_years(page, &first, &last);
    sg_str_add(page->out, "\nrules by program year\n");
    for (int r = SG_YEARLY_PARTICIPANT_HOURS; r <= SG_YEARLY_EXCLUDED_AFTER_EXIT; r++) {
        sg_yearly_rule rule = (sg_yearly_rule)r;

        for (int year = first; year <= last; year++) {
            if (year > first &&
                sg_config_yearly(page->config, rule, year) == sg_config_yearly(page->config, rule, year - 1))
                continue;
            sg_str_printf(page->out, "  %s, from %d-%02d: ", sg_yearly_id(rule), year, (year + 1) % 100);
            add_yearly_value(page, rule, year);
            sg_str_add_char(page->out, '\n');
        }
    }
}

void sg_explain_text(sg_str *out, const sg_config *config, const sg_id_explanations *all)
{
    sg_explain_page page = {.out = out, .config = config, .all = all};

    add_head(&page);
    for (size_t i = 0; i < all->n; i++)
        add_id(&page, &all->ids[i]);
    add_unsearched(&page);
    add_rules(&page);
    add_yearly(&page);
}

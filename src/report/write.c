/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nrs_csv.h"
#include "output.h"
#include "page.h"
#include "run_json.h"
#include "workbook.h"
#include "writers.h"

SG_DEFINE_CLEANUP(sg_json, sg_json, sg_json_free)

/* ---- which files there are ---- */

const sg_file_told sg_files_told[] = {
    {"brief.html", "index/file_brief", SG_REPORT_BRIEF, SG_FORMAT_HTML},
    {"outcomes.html", "index/file_outcomes", SG_REPORT_OUTCOMES, SG_FORMAT_HTML},
    {"equity.html", "index/file_equity", SG_REPORT_EQUITY, SG_FORMAT_HTML},
    {"quality.html", "index/file_quality", SG_REPORT_QUALITY, SG_FORMAT_HTML},
    {"nrs.html", "index/file_nrs", SG_REPORT_NRS, SG_FORMAT_HTML},
    {"programs.html", "index/file_programs", SG_REPORT_PROGRAMS, SG_FORMAT_HTML},
    {"nrs/tie-outs.csv", "index/file_tie_outs", SG_REPORT_NRS, SG_FORMAT_CSV},
    {"brief.md", "index/file_markdown", SG_REPORT_BRIEF, SG_FORMAT_MARKDOWN},
    {"workbook.xlsx", "index/file_workbook", 0, SG_FORMAT_XLSX},
    {"results.csv", "index/file_csv", 0, SG_FORMAT_CSV},
    {"results.json", "index/file_json", 0, SG_FORMAT_JSON},
    {"run.json", "index/file_run", 0, SG_FORMAT_ALL},
    {"SHA256SUMS", "index/file_sums", 0, SG_FORMAT_ALL},
};
const size_t sg_n_files_told = sizeof sg_files_told / sizeof *sg_files_told;

bool sg_has_file(const sg_page *page, const sg_file_told *file)
{
    return (page->formats & file->format) && (!file->page || (page->pages & file->page));
}

static const struct {
    const char *name, *label;
    unsigned page; /* 0: the morning page, HTML only */
    void (*build)(sg_page *page);
} pages[] = {
    {"index", "Overview", 0, sg_page_index},
    {"brief", "Brief", SG_REPORT_BRIEF, sg_page_brief},
    {"outcomes", "Outcomes", SG_REPORT_OUTCOMES, sg_page_outcomes},
    {"equity", "Equity", SG_REPORT_EQUITY, sg_page_equity},
    {"quality", "Data quality", SG_REPORT_QUALITY, sg_page_quality},
    {"nrs", "Federal tables", SG_REPORT_NRS, sg_page_nrs},
    {"programs", "IET programs", SG_REPORT_PROGRAMS, sg_page_programs},
};
enum { N_PAGES = sizeof pages / sizeof *pages };

/* ---- one page ---- */

static void add_links(sg_page *page, size_t own)
{
    sg_document *doc = page->doc;

    for (size_t i = 0; i < N_PAGES; i++) {
        if (pages[i].page && !(page->pages & pages[i].page))
            continue;
        sg_spans_add(doc, &doc->links,
                     (sg_span){.text = pages[i].label,
                               .href = i == own ? NULL : sg_document_printf(doc, "%s.html", pages[i].name)});
    }
}

static void begin_page(sg_page *page, size_t which)
{
    const sg_facts *facts = page->facts;
    sg_document *doc = page->doc;
    char as_of[SG_DAY_TEXT];

    doc->name = pages[which].name;
    doc->label = pages[which].label;
    doc->mark = sg_publication_mark(page->publication);
    doc->links_to_tables = page->formats & SG_FORMAT_CSV;
    page->level = sg_print_percent(page, facts->confidence, 0);
    doc->kicker = sg_document_printf(doc, "%s%s%s \xC2\xB7 data as of %s", facts->agency,
                                     *facts->college ? " \xC2\xB7 " : "", facts->college_name,
                                     sg_day_format(facts->as_of, as_of));
    doc->foot = sg_document_printf(doc, "skillgain %s \xC2\xB7 plan %.12s%s%s", facts->version,
                                   facts->plan_sha256, page->is_draft ? "" : " \xC2\xB7 edition ",
                                   sg_publication_name(page->publication));
    add_links(page, which);
}

static sg_status add_text(sg_output *output, const char *folder, const char *name, const char *ending,
                          sg_str *text, sg_err *err)
{
    const char *path = sg_arena_printf(output->arena, "%s%s%s", folder, name, ending);
    sg_status status = path ? sg_output_add(output, path, text, err) : sg_no_memory(err);

    sg_str_reset(text);
    return status;
}

static sg_status add_table(sg_output *output, const sg_page *page, const sg_table *table, sg_str *text,
                           sg_err *err)
{
    sg_write_table_csv(table, page->results, text);
    return add_text(output, "tables/", table->name, ".csv", text, err);
}

static sg_status add_figure(sg_output *output, const sg_page *page, const sg_figure *figure, sg_str *text,
                            sg_err *err)
{
    sg_status status = SG_OK;

    if (page->formats & (SG_FORMAT_HTML | SG_FORMAT_MARKDOWN)) {
        status = sg_write_svg(figure, text, err);
        if (status == SG_OK)
            status = add_text(output, "figures/", figure->name, ".svg", text, err);
    }
    if (status != SG_OK || !(page->formats & SG_FORMAT_CSV))
        return status;
    sg_write_figure_csv(figure, page->results, text);
    return add_text(output, "tables/figure-", figure->name, ".csv", text, err);
}

static sg_status write_parts(sg_output *output, const sg_page *page, sg_str *text, sg_err *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < page->doc->n_blocks; i++) {
        const sg_block *block = page->doc->blocks[i];

        if (block->kind == SG_BLOCK_TABLE && (page->formats & SG_FORMAT_CSV))
            status = add_table(output, page, block->table, text, err);
        else if (block->kind == SG_BLOCK_FIGURE)
            status = add_figure(output, page, block->figure, text, err);
    }
    return status;
}

static sg_status write_page(sg_output *output, const sg_page *page, bool is_index, sg_err *err)
{
    const sg_document *doc = page->doc;
    sg_str text = {0};
    sg_status status = sg_document_check(doc, err);

    if (status == SG_OK && (page->formats & SG_FORMAT_HTML)) {
        status = sg_write_html(doc, &text, err);
        if (status == SG_OK)
            status = add_text(output, "", doc->name, ".html", &text, err);
    }
    if (status == SG_OK && !is_index && (page->formats & SG_FORMAT_MARKDOWN)) {
        status = sg_write_markdown(doc, &text, err);
        if (status == SG_OK)
            status = add_text(output, "", doc->name, ".md", &text, err);
    }
    if (status == SG_OK)
        status = write_parts(output, page, &text, err);
    sg_str_release(&text);
    return status;
}

/* ---- the data ---- */

static sg_status write_results(sg_output *output, const sg_page *page, sg_err *err)
{
    SG_CLEANUP(sg_json_cleanup) sg_json *json = NULL;
    sg_str text = {0};
    sg_status status = SG_OK;

    if (page->formats & SG_FORMAT_CSV) {
        sg_write_results_csv(page->results, &text);
        status = add_text(output, "", "results", ".csv", &text, err);
    }
    if (status == SG_OK && (page->formats & SG_FORMAT_JSON)) {
        status = sg_results_to_json(page->results, &json, err);
        if (status == SG_OK)
            status = sg_json_write(json, &text, err);
        if (status == SG_OK)
            status = add_text(output, "", "results", ".json", &text, err);
    }
    sg_str_release(&text);
    return status;
}

/* ---- the whole ---- */

static sg_status make_folders(const sg_output *output, unsigned formats, sg_err *err)
{
    static const struct {
        const char *name;
        unsigned formats;
    } folders[] = {{"tables", SG_FORMAT_CSV}, {"figures", SG_FORMAT_HTML | SG_FORMAT_MARKDOWN}};
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < sizeof folders / sizeof *folders; i++) {
        const char *path = sg_path_join(output->arena, output->folder, folders[i].name);

        if (!path)
            return sg_no_memory(err);
        if (formats & folders[i].formats)
            status = sg_folder_make(path, output->mode == 0600 ? 0700 : 0755, err);
    }
    return status;
}

/* The pages as built but the morning page, for the workbook. */
static sg_status write_pages(sg_output *output, sg_page *page, const sg_document *docs[N_PAGES],
                             size_t *out_n, sg_err *err)
{
    sg_status status = SG_OK;

    for (size_t i = 0; status == SG_OK && i < N_PAGES; i++) {
        bool is_index = !pages[i].page;

        if (is_index ? !(page->formats & SG_FORMAT_HTML) : !(page->pages & pages[i].page))
            continue;
        page->doc = sg_document_new(output->arena);
        if (!page->doc)
            return sg_no_memory(err);
        begin_page(page, i);
        pages[i].build(page);
        status = write_page(output, page, is_index, err);
        if (!is_index)
            docs[(*out_n)++] = page->doc;
    }
    return status;
}

/* The year before the headline year, where the results hold its figures. */
static int find_year_before(const sg_facts *facts)
{
    for (size_t i = 0; i < facts->n_years; i++)
        if (facts->headline_year && facts->years[i].program_year == facts->headline_year - 1 &&
            facts->years[i].closed)
            return facts->years[i].program_year;
    return 0;
}

/* Of the pages asked for, those that there can be: editions have no restricted ones. */
static unsigned pages_of(const sg_results *results, unsigned wanted, bool is_draft)
{
    unsigned no = is_draft ? 0 : SG_REPORT_QUALITY | SG_REPORT_NRS | SG_REPORT_PROGRAMS;

    if (!results->nrs)
        no |= SG_REPORT_NRS;
    if (!results->iet || !results->iet->n_matrix)
        no |= SG_REPORT_PROGRAMS;
    return wanted & ~no;
}

static sg_page page_of(const sg_publication *publication, const sg_report_options *options)
{
    const sg_results *results = sg_publication_results(publication);
    bool is_draft = sg_publication_type(publication) == SG_PUBLICATION_DRAFT;

    return (sg_page){.publication = publication,
                     .results = results,
                     .facts = &results->facts,
                     .is_draft = is_draft,
                     .year = results->facts.headline_year,
                     .year_before = find_year_before(&results->facts),
                     .pages = pages_of(results, options->pages, is_draft),
                     .formats = options->formats};
}

sg_status sg_report_write(const sg_publication *publication, const sg_report_options *options,
                          const char *folder, sg_err *err)
{
    SG_CLEANUP(sg_arena_cleanup) sg_arena *arena = sg_arena_new();
    sg_page page = page_of(publication, options);
    sg_output output = {.arena = arena, .folder = folder, .mode = page.is_draft ? 0600 : 0644};
    const sg_document *docs[N_PAGES];
    size_t n_docs = 0;
    sg_status status = arena ? make_folders(&output, page.formats, err) : sg_no_memory(err);

    if (status == SG_OK)
        status = write_pages(&output, &page, docs, &n_docs, err);
    if (status == SG_OK)
        status = sg_write_workbook(&output, &page, docs, n_docs, err);
    if (status == SG_OK)
        status = write_results(&output, &page, err);
    if (status == SG_OK)
        status = sg_write_nrs(&output, &page, err);
    if (status == SG_OK)
        status = sg_write_run(&output, &page, err);
    if (status == SG_OK)
        status = sg_output_finish(&output, err);
    sg_output_release(&output);
    return status;
}

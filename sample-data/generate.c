/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writes a made-up state: exports, the truth planted in them, the dirt planted in them, and a workspace. The same
 * options give the same bytes. README.md describes all of it.
 */
#include "generate_dirt.h"
#include "generate_export.h"
#include "generate_layout.h"
#include "generate_learner.h"
#include "generate_truth.h"
#include "generate_workspace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_LEARNERS = 80000000, PATH_SIZE = 4096 };

typedef struct {
    uint64_t n_learners;
    uint64_t seed;
    const char *output;
    int layout;
    bool dirt;
} sg_options;

typedef struct {
    const sg_options *options;
    sg_export exports[SG_KINDS];
    sg_dirt dirt;
    sg_tally *tally;
    long long hours;
    int next_number;
} sg_run;

static const char usage[] = "usage: sample-generate --output DIR [--learners N] [--seed S] "
                            "[--layout canonical|vendor|registrar|pirl] [--no-dirt]\n"
                            "example: sample-generate --output sample-data\n";

static bool parse_number(const char *text, uint64_t most, uint64_t *out)
{
    uint64_t value = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at < '0' || *at > '9' || value > most / 10)
            return false;
        value = value * 10 + (uint64_t)(*at - '0');
    }
    if (*text == '\0' || value > most)
        return false;
    *out = value;
    return true;
}

static bool parse_layout(const char *text, int *out)
{
    *out = sg_layout_find(text);
    return *out != SG_LAYOUTS;
}

static bool parse_value(sg_options *options, const char *name, const char *value)
{
    if (strcmp(name, "--learners") == 0)
        return parse_number(value, MOST_LEARNERS, &options->n_learners) && options->n_learners > 0;
    if (strcmp(name, "--seed") == 0)
        return parse_number(value, UINT64_MAX - 9, &options->seed);
    if (strcmp(name, "--layout") == 0)
        return parse_layout(value, &options->layout);
    if (strcmp(name, "--output") == 0)
        options->output = value;
    return strcmp(name, "--output") == 0;
}

static bool parse_options(int argc, char **argv, sg_options *options)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--no-dirt") == 0) {
            options->dirt = false;
            continue;
        }
        if (i + 1 >= argc || !parse_value(options, argv[i], argv[i + 1]))
            return false;
        i++;
    }
    if (options->layout == SG_PIRL && options->dirt) {
        fprintf(stderr, "sample-generate: dirt is not planted in the layout pirl: add --no-dirt\n");
        return false;
    }
    return options->output != NULL;
}

static bool say_failure(const char *path)
{
    fprintf(stderr, "sample-generate: cannot write '%s': %s\n", path, strerror(errno));
    return false;
}

static bool make_path(const sg_options *options, const char *name, char path[PATH_SIZE])
{
    int n = snprintf(path, PATH_SIZE, "%s/%s", options->output, name);
    if (n > 0 && n < PATH_SIZE)
        return true;
    fprintf(stderr, "sample-generate: the name of the output folder is too long\n");
    return false;
}

static bool make_folder(const sg_options *options, const char *name)
{
    char path[PATH_SIZE];
    if (!make_path(options, name, path))
        return false;
    return mkdir(path, 0777) == 0 || errno == EEXIST || say_failure(path);
}

static FILE *open_output(const sg_options *options, const char *name)
{
    char path[PATH_SIZE];
    if (!make_path(options, name, path))
        return NULL;
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        say_failure(path);
    return file;
}

static bool close_output(FILE *file, const char *name)
{
    bool written = ferror(file) == 0;
    return (fclose(file) == 0 && written) || say_failure(name);
}

static bool open_exports(sg_run *run)
{
    for (int kind = 0; kind < SG_KINDS; kind++) {
        sg_export *export = &run->exports[kind];
        char name[64];
        *export = (sg_export){.kind = kind, .layout = sg_layout_of(run->options->layout, kind), .line = 1};
        if (!sg_layout_has(run->options->layout, kind))
            continue;
        (void)snprintf(name, sizeof name, "exports/%s.csv", sg_export_name(kind)); /* short names */
        export->file = open_output(run->options, name);
        if (export->file == NULL)
            return false;
        sg_export_begin(export);
    }
    return true;
}

static bool close_exports(sg_run *run)
{
    bool written = true;
    for (int kind = 0; kind < SG_KINDS; kind++)
        if (run->exports[kind].file != NULL)
            written = close_output(run->exports[kind].file, sg_export_name(kind)) && written;
    return written;
}

static void write_narrow(sg_run *run, const sg_learner *learner)
{
    sg_record record;
    for (int i = 0; i < learner->n_rows; i++) {
        const sg_row *row = &learner->rows[i];
        bool first = i == 0 || learner->rows[i - 1].spell != row->spell;
        sg_record_enrollment(&record, learner, row);
        sg_dirt_write(&run->dirt, &run->exports[SG_ENROLLMENT], &record, first);
        run->hours += row->hours == SG_NONE ? 0 : row->hours;
    }
    for (int i = 0; i < learner->n_gains; i++) {
        sg_record_gain(&record, learner, &learner->gains[i]);
        sg_dirt_write(&run->dirt, &run->exports[SG_GAIN], &record, false);
    }
}

static void write_learner(sg_run *run, const sg_learner *learner)
{
    sg_record record;
    if (sg_layout_has(run->options->layout, SG_WIDE))
        sg_export_wide(&run->exports[SG_WIDE], learner);
    else
        write_narrow(run, learner);
    for (int i = 0; i < learner->n_tests; i++) {
        sg_record_test(&record, learner, &learner->tests[i]);
        sg_dirt_write(&run->dirt, &run->exports[SG_TEST], &record, false);
    }
}

static bool write_learners(sg_run *run)
{
    static sg_learner learner; /* large for a stack; one at a time */
    for (unsigned i = 0; i < run->options->n_learners; i++) {
        sg_rng rng;
        sg_rng_seed(&rng, run->options->seed, i);
        sg_learner_draw(&learner, &rng, sg_number_of(i));
        sg_history_draw(&learner, &rng);
        sg_rows_draw(&learner, &rng, &run->next_number);
        if (!sg_truth_add(run->tally, &learner)) {
            fprintf(stderr,
                    "sample-generate: learner %u: rows and spells disagree, a fault of the generator\n", i);
            return false;
        }
        write_learner(run, &learner);
    }
    sg_dirt_total(&run->dirt, &run->exports[SG_ENROLLMENT], run->hours);
    sg_dirt_total(&run->dirt, &run->exports[SG_GAIN], 0);
    return true;
}

typedef void writer(const sg_run *run, FILE *file);

static void write_programs(const sg_run *run, FILE *file)
{
    sg_export_programs(file, run->options->layout == SG_VENDOR ? SG_VENDOR : SG_CANONICAL);
}

static void write_colleges(const sg_run *run, FILE *file)
{
    (void)run;
    sg_workspace_colleges(file);
}

static void write_config(const sg_run *run, FILE *file)
{
    (void)run;
    sg_workspace_config(file);
}

static void write_key(const sg_run *run, FILE *file)
{
    (void)run;
    sg_workspace_key(file);
}

static void write_truth(const sg_run *run, FILE *file)
{
    sg_tally_write(run->tally, file);
}

static bool write_side_files(sg_run *run)
{
    static const struct {
        const char *name;
        writer *write;
    } files[] = {{"exports/program.csv", write_programs},
                 {"colleges.csv", write_colleges},
                 {"workspace/skillgain.yaml", write_config},
                 {"workspace/key", write_key},
                 {"truth.csv", write_truth}};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        FILE *file = open_output(run->options, files[i].name);
        if (file == NULL)
            return false;
        files[i].write(run, file);
        if (!close_output(file, files[i].name))
            return false;
    }
    FILE *file = open_output(run->options, "dirt.csv");
    if (file == NULL)
        return false;
    bool listed = sg_dirt_list(&run->dirt, file);
    return close_output(file, "dirt.csv") && listed;
}

static void print_summary(const sg_run *run)
{
    printf("%llu learners", (unsigned long long)run->options->n_learners);
    for (int kind = 0; kind < SG_KINDS; kind++)
        if (sg_layout_has(run->options->layout, kind))
            printf(", %ld %s records (%ld pieces of dirt)", run->exports[kind].n_records,
                   sg_export_name(kind), run->dirt.counts[kind]);
    printf("\n");
    sg_tally_summary(run->tally, stdout);
}

static bool generate(const sg_options *options)
{
    sg_run run = {.options = options, .next_number = 1};
    if (!make_folder(options, "") || !make_folder(options, "exports") || !make_folder(options, "workspace"))
        return false;
    run.tally = sg_tally_new();
    bool done = run.tally != NULL && sg_dirt_open(&run.dirt, options->seed, options->dirt) &&
                open_exports(&run) && write_learners(&run);
    done = close_exports(&run) && done;
    done = done && write_side_files(&run);
    if (done)
        print_summary(&run);
    sg_dirt_close(&run.dirt);
    sg_tally_free(run.tally);
    return done;
}

int main(int argc, char **argv)
{
    sg_options options = {.n_learners = 6200, .seed = 309, .layout = SG_CANONICAL, .dirt = true};
    if (!parse_options(argc, argv, &options)) {
        fputs(usage, stderr);
        return 2;
    }
    return generate(&options) ? 0 : 1;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An output written to a private folder and read back, and the tests of outputs as files.
 */
#ifndef SG_TEST_REPORT_OUTPUTS_H
#define SG_TEST_REPORT_OUTPUTS_H

#include "fixture.h"
#include "support/assert.h"
#include "support/tmpdir.h"

typedef struct {
    char *folder;
    sg_arena *arena;
    const char **names; /* "tables/x.csv", sorted within their folders */
    char **texts;
    size_t *lengths; /* in bytes: a workbook is no text */
    size_t n;
} output;

output *output_make(const sg_publication *publication, unsigned pages, unsigned formats);
void output_free(output *o);
const char *output_text(const output *o, const char *name); /* fails the test where it is not there */
/* The parts of its workbook, one behind the other. */
const char *output_workbook(const output *o);
bool output_has(const output *o, const char *name);

void an_output_has_its_files_and_their_sums(void **state);
void the_same_publication_gives_the_same_bytes(void **state);
void formats_and_pages_say_what_is_written_and_links_lead_only_there(void **state);
void every_id_of_a_page_is_a_row_of_results_csv(void **state);
void hidden_groups_can_change_places_and_nothing_written_changes(void **state);
void names_and_labels_of_the_data_stay_text_in_every_file(void **state);
void sums_tell_a_changed_a_missing_and_a_foreign_file(void **state);
void sums_with_a_name_outside_the_folder_are_refused(void **state);
void a_folder_that_cannot_be_written_is_a_failure(void **state);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "outputs.h"
#include "report/workbook_check.h"

/* Files may have so many bytes and no more, as on a full disk. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* Of the sizes some cut off a part before it is packed, which the library does not tell of, and some the packed file. */
void a_workbook_that_the_disk_does_not_take_whole_is_a_failure(void **state)
{
    static const sg_report_options options = {.pages = SG_REPORT_ALL, .formats = SG_FORMAT_XLSX};
    sg_publication *draft = sg_fixture_draft(&sg_fixture_usual);
    struct rlimit before;
    int n_failed = 0;

    (void)state;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    for (rlim_t bytes = 512; bytes <= 1 << 20; bytes *= 2) {
        char *folder = sg_tmpdir_make();
        sg_err err = {0};
        sg_status status;

        limit_files(bytes);
        status = sg_report_write(draft, &options, folder, &err);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_int_equal(sg_tmpdir_exists(folder, "workbook.xlsx"), status == SG_OK);
        assert_false(sg_tmpdir_exists(folder, ".workbook.xlsx"));
        if (status != SG_OK) {
            assert_int_equal(status, SG_FAILED);
            sg_assert_contains(err.message, "space left");
            n_failed++;
        } else {
            sg_assert_ok(sg_report_check_sums(folder, &err), &err);
        }
        sg_tmpdir_remove(folder);
    }
    assert_true(n_failed >= 6 && n_failed < 12);
    assert_true(signal(SIGXFSZ, SIG_DFL) != SIG_ERR);
    sg_publication_free(draft);
}

void a_damaged_byte_of_a_workbook_is_found(void **state)
{
    sg_publication *draft = sg_fixture_draft(&sg_fixture_usual);
    output *o = output_make(draft, SG_REPORT_BRIEF, SG_FORMAT_XLSX);
    size_t length = 0;
    char *bytes = sg_tmpdir_read(o->folder, "workbook.xlsx", &length);
    sg_err err = {0};

    (void)state;
    sg_assert_ok(sg_workbook_check(bytes, length, &err), &err);
    for (size_t cut = 1; cut < length; cut += 97)
        sg_assert_status(sg_workbook_check(bytes, length - cut, &err), SG_FAILED, &err);
    /* whatever a byte becomes, the check ends by itself */
    for (size_t at = 0; at < length; at += 61) {
        bytes[at] = (char)~bytes[at];
        (void)!sg_workbook_check(bytes, length, &err);
        bytes[at] = (char)~bytes[at];
    }
    free(bytes);
    output_free(o);
    sg_publication_free(draft);
}

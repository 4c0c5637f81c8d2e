/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/made_exports.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/assert.h"
#include "support/tmpdir.h"

enum { ROW = 96, BEGINNERS = 3 };

/* Text of at most `rows` rows under way. */
typedef struct {
    char *text;
    size_t length, size;
} made_text;

static made_text begin_text(size_t rows, const char *header)
{
    made_text t = {.size = (rows + 2) * ROW};

    t.text = malloc(t.size);
    assert_non_null(t.text);
    t.length = (size_t)snprintf(t.text, t.size, "%s\n", header);
    return t;
}

static void save_text(made_text *t, const char *folder, const char *name)
{
    assert_true(t->length < t->size);
    sg_tmpdir_write(folder, name, t->text, t->length);
    free(t->text);
}

#define ADD(t, ...)                                                                                          \
    ((t)->length += (size_t)snprintf((t)->text + (t)->length, (t)->size - (t)->length, __VA_ARGS__))

void sg_made_settings(const char *folder, const char *more)
{
    char text[1024];
    int length = snprintf(text, sizeof text,
                          "agency: {name: Example System, contact: research@example.org}\n"
                          "analysis: {dimensions: [sex]}\n%s",
                          more);

    assert_in_range(length, 1, sizeof text - 1);
    sg_tmpdir_write_text(folder, "skillgain.yaml", text);
}

void sg_made_enrollments(const char *folder, const char *name, size_t n, size_t n_bad)
{
    made_text t = begin_text(n + n_bad + BEGINNERS,
                             "learner_id,college,start_date,end_date,iet,contact_hours,sex");

    for (size_t i = 0; i < n; i++)
        ADD(&t, "L%04zu,A1,2022-09-01,2023-06-15,%s,200,%s\n", i, i % 2 ? "yes" : "no",
            i % 3 ? "female" : "male");
    for (size_t i = 0; i < n_bad; i++)
        ADD(&t, "B%04zu,A1,2022-09-31,2023-06-15,no,200,female\n", i);
    for (size_t i = 0; i < BEGINNERS; i++)
        ADD(&t, "N%04zu,A1,2023-07-31,,no,,female\n", i);
    save_text(&t, folder, name);
}

void sg_made_gains(const char *folder, const char *name, size_t n)
{
    made_text t = begin_text(n + BEGINNERS, "learner_id,gain_date,gain_type");

    for (size_t i = 0; i < n; i++)
        if (i % 3 != 1)
            ADD(&t, "L%04zu,2023-02-10,efl_test\n", i);
    for (size_t i = 0; i < BEGINNERS; i++)
        ADD(&t, "N%04zu,2023-07-31,efl_test\n", i);
    save_text(&t, folder, name);
}

void sg_made_inbox(const char *folder, size_t n)
{
    sg_made_enrollments(folder, "inbox/enrollment.csv", n, 0);
    sg_made_gains(folder, "inbox/gain.csv", n);
}

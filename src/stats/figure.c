/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure.h"

#include <math.h>

#include "numeric.h"

const sg_pair_words sg_words_arms = {.first_empty = "no IET learners",
                                     .second_empty = "no comparison learners"};

static bool is_possible(sg_counts counts)
{
    return counts.x >= 0 && counts.x <= counts.n;
}

const char *sg_obstacle_one(sg_counts counts, const char *empty)
{
    if (!is_possible(counts))
        return "counts that cannot be";
    return counts.n == 0 ? empty : NULL;
}

const char *sg_obstacle_pair(sg_counts first, sg_counts second, const sg_pair_words *words)
{
    if (is_possible(first) && is_possible(second) && first.n == 0 && second.n == 0)
        return "no learners";
    const char *note = sg_obstacle_one(first, words->first_empty);
    return note != NULL ? note : sg_obstacle_one(second, words->second_empty);
}

const char *sg_obstacle_conf(double conf)
{
    return isnan(sg_normal_z(conf)) ? "a level of confidence outside 0 to 1" : NULL;
}

sg_figure sg_figure_blank(void)
{
    const double blank = nan("");

    return (sg_figure){.estimate = blank,
                       .std_error = blank,
                       .low = blank,
                       .high = blank,
                       .statistic = blank,
                       .df = blank,
                       .p_value = blank,
                       .status = SG_EST_OK,
                       .note = ""};
}

sg_figure sg_figure_refused(const char *note)
{
    sg_figure figure = sg_figure_blank();

    figure.status = SG_EST_NOT_ESTIMABLE;
    figure.note = note;
    return figure;
}

sg_test sg_test_refused(const char *method, const char *note)
{
    const double blank = nan("");

    return (sg_test){.p_value = blank,
                     .statistic = blank,
                     .df = blank,
                     .method = method,
                     .status = SG_EST_NOT_ESTIMABLE,
                     .note = note};
}

sg_figure sg_figure_checked(sg_figure figure)
{
    if (figure.status != SG_EST_OK || !(isnan(figure.estimate) || isnan(figure.low) || isnan(figure.high)))
        return figure;
    return sg_figure_refused("no limit was found");
}

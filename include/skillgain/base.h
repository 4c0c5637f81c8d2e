/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base: what every part stands on: errors, memory, text, days, parsing, files, digests, JSON, log. It knows nothing of learners.
 */
#ifndef SKILLGAIN_BASE_H
#define SKILLGAIN_BASE_H

#include "skillgain/base/day.h"
#include "skillgain/base/digest.h"
#include "skillgain/base/err.h"
#include "skillgain/base/file.h"
#include "skillgain/base/json.h"
#include "skillgain/base/log.h"
#include "skillgain/base/mem.h"
#include "skillgain/base/parse.h"
#include "skillgain/base/ring.h"
#include "skillgain/base/task.h"
#include "skillgain/base/text.h"

#endif

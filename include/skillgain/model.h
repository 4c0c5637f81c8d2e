/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model: plain types and code lists: fields, rules, records, batches, dimensions, cells, estimates, results. No files, no database.
 */
#ifndef SKILLGAIN_MODEL_H
#define SKILLGAIN_MODEL_H

#include "skillgain/model/codes.h"
#include "skillgain/model/dimension.h"
#include "skillgain/model/facts.h"
#include "skillgain/model/field.h"
#include "skillgain/model/frame.h"
#include "skillgain/model/iet.h"
#include "skillgain/model/instrument.h"
#include "skillgain/model/nrs.h"
#include "skillgain/model/outcome.h"
#include "skillgain/model/profile.h"
#include "skillgain/model/record.h"
#include "skillgain/model/result.h"
#include "skillgain/model/rule.h"
#include "skillgain/model/yearly.h"

#endif

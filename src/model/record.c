/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "skillgain/model/record.h"

const char *sg_batch_state_text(sg_batch_state state)
{
    static const char *const texts[SG_N_BATCH_STATES] = {
#define SG_BATCH_STATE_TEXT(name, text) [SG_BATCH_##name] = (text),
        SG_BATCH_STATE_LIST(SG_BATCH_STATE_TEXT)
#undef SG_BATCH_STATE_TEXT
    };
    return (unsigned)state < SG_N_BATCH_STATES ? texts[state] : "";
}

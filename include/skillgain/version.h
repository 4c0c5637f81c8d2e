/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SKILLGAIN_VERSION_H
#define SKILLGAIN_VERSION_H

#define SG_VERSION "0.1.0"

#endif

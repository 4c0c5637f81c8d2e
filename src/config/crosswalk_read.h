/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of a crosswalk file: its keys (crosswalk_read.c) and where each field's value comes from
 * (crosswalk_column.c).
 */
#ifndef SG_CONFIG_CROSSWALK_READ_H
#define SG_CONFIG_CROSSWALK_READ_H

#include "config/reader.h"
#include "skillgain/config.h"

/* The whole file, checked. crosswalk->file and sha256 are the caller's. */
sg_status sg_crosswalk_read(const sg_reader *reader, const sg_yaml_node *root,
                            sg_crosswalk *crosswalk) SG_MUST_CHECK;

/* `columns` and `dimensions`; kind and dates are known by then. */
sg_status sg_crosswalk_read_columns(const sg_reader *reader, const sg_yaml_node *node,
                                    sg_crosswalk *crosswalk) SG_MUST_CHECK;
sg_status sg_crosswalk_read_dimensions(const sg_reader *reader, const sg_yaml_node *node,
                                       sg_crosswalk *crosswalk) SG_MUST_CHECK;

/* `numbers` of kind context: further columns, kept as plain decimals. */
sg_status sg_crosswalk_read_numbers(const sg_reader *reader, const sg_yaml_node *node,
                                    sg_crosswalk *crosswalk) SG_MUST_CHECK;

/* Patterns of dates, or "excel", none of which could be taken for another. */
sg_status sg_crosswalk_read_dates(const sg_reader *reader, const sg_yaml_node *node, const char *const **out,
                                  size_t *out_n) SG_MUST_CHECK;

/* {a: b} as pairs, sorted by nothing: the file's order. `field` NULL: any text is a target. */
sg_status sg_crosswalk_read_codes(const sg_reader *reader, const sg_yaml_node *node, const sg_field *field,
                                  sg_column_source *source) SG_MUST_CHECK;

/* race: {columns: {white: H}, yes: [...], no: [...]} or {list: H, separator: ",", codes: {...}} over the fields race_... (crosswalk_race.c). */
sg_status sg_crosswalk_read_race(const sg_reader *reader, const sg_yaml_node *node,
                                 sg_crosswalk *crosswalk) SG_MUST_CHECK;

/* One field of `columns` or of a record, into the crosswalk. */
sg_status sg_crosswalk_read_field(const sg_reader *reader, const sg_yaml_node *node,
                                  sg_crosswalk *crosswalk) SG_MUST_CHECK;

/* `records`, last of all keys, for each is the crosswalk with fields of its own; and that rows can be formed at all, by `columns` (node)
 * or by each record (crosswalk_records.c). */
sg_status sg_crosswalk_read_records(const sg_reader *reader, const sg_yaml_node *node,
                                    sg_crosswalk *crosswalk) SG_MUST_CHECK;
sg_status sg_crosswalk_check_required(const sg_reader *reader, const sg_yaml_node *node,
                                      const sg_crosswalk *crosswalk) SG_MUST_CHECK;

#endif

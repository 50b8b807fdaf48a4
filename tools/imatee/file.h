/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file that a command is given.
 */
#ifndef IMATEE_FILE_H
#define IMATEE_FILE_H

#include "tool.h"

/*
 * Reads args->operand. *@data is its bytes, to be given to free(), *@len how
 * many; one of more than @max bytes is refused.
 */
enum exit_status file_read(const struct arguments *args, size_t max,
			   unsigned char **data, size_t *len);

#endif /* IMATEE_FILE_H */

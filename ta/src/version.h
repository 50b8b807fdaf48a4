/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef IMATEE_VERSION_H
#define IMATEE_VERSION_H

/* Of the software, in the reply to IMATEE_CMD_HELLO. At most 31 characters. */
#define IMATEE_VERSION "0.1.0"

#endif /* IMATEE_VERSION_H */

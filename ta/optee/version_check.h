/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Does this OP-TEE keep a crashed instance dead?
 */
#ifndef IMATEE_VERSION_CHECK_H
#define IMATEE_VERSION_CHECK_H

/*
 * Panics on a release that is known to bring a crashed TA back empty. 4.6 and
 * older refuse a TA with TA_FLAG_INSTANCE_KEEP_CRASHED, 4.7 takes it but still
 * starts it anew (fixed by "core: maintain the panicked TAs with
 * instanceKeepCrashed property"), 4.8 is the first one that holds the promise.
 */
void version_check(void);

#endif /* IMATEE_VERSION_CHECK_H */

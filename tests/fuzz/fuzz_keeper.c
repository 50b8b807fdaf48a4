// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The keeper under any sequence of sessions and messages.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "host.h"
#include "keeper.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Some keys, and CAs of which mkcorpus has the private keys. */
static struct keytab keytab;

/* What has been seen of the keeper so far: it only goes forward. */
struct seen {
	bool sealed;
	uint64_t epoch;
	uint32_t attach_count;
	uint8_t boot_id[IMATEE_BOOT_ID_SIZE];
	bool boot_id_known;
};

static enum platform_status invoke(void *ta, struct session *session,
				   uint32_t command, void *shared, size_t size,
				   size_t *reply_len)
{
	return keeper_invoke(ta, session, command, shared, size, reply_len);
}

static void check_state(struct seen *seen, const struct imatee_reply *head)
{
	fuzz_require(head->seal == IMATEE_SEAL_OPEN ||
			     head->seal == IMATEE_SEAL_SEALED,
		     "the seal has a known state");
	fuzz_require(!seen->sealed || head->seal == IMATEE_SEAL_SEALED,
		     "the seal never comes off");
	fuzz_require(head->epoch >= seen->epoch, "the epoch never falls");
	fuzz_require(!seen->sealed || head->epoch == seen->epoch,
		     "sealed keys do not change");
	fuzz_require(head->attach_count >= seen->attach_count,
		     "the attach count never falls");
	if (seen->boot_id_known)
		fuzz_require(!memcmp(head->boot_id, seen->boot_id,
				     sizeof(seen->boot_id)),
			     "the boot id stays");
	memcpy(seen->boot_id, head->boot_id, sizeof(seen->boot_id));
	seen->boot_id_known = true;
	seen->sealed = head->seal == IMATEE_SEAL_SEALED;
	seen->epoch = head->epoch;
	seen->attach_count = head->attach_count;
}

/* What a session that is not the kernel's must never reach. */
static void check_caller(const struct session *session,
			 const struct seen *before, const struct seen *after)
{
	if (session->caller == PLATFORM_CALLER_KERNEL)
		return;
	fuzz_require(!before->boot_id_known ||
			     (before->sealed == after->sealed &&
			      before->epoch == after->epoch &&
			      before->attach_count == after->attach_count),
		     "only the kernel changes the state");
}

static void run_step(struct keeper *keeper, struct session **sessions,
		     const struct fuzz_step *step, const uint8_t *request,
		     struct seen *seen)
{
	struct session **session = &sessions[step->session % FUZZ_SESSIONS];
	const struct seen before = *seen;
	struct imatee_reply head = { 0 };

	switch (step->action % FUZZ_ACTIONS) {
	case FUZZ_OPEN:
		if (!*session)
			keeper_open(keeper, step->command % 3, session);
		break;
	case FUZZ_CLOSE:
		if (*session)
			keeper_close(keeper, *session);
		*session = NULL;
		break;
	default:
		if (*session && fuzz_invoke(invoke, keeper, *session, step,
					    request, &head)) {
			check_state(seen, &head);
			check_caller(*session, &before, seen);
		}
	}
	fuzz_require(keeper->sessions.open_public <= IMATEE_PUBLIC_SESSIONS,
		     "user space has no more sessions than it may");
	fuzz_require(!keeper->log || !keeper->log->trimmed,
		     "without a receipt the log begins where it began");
	fuzz_require(keeper->rings.count[IMATEE_RING_ANY] - keytab.key_count ==
			     keeper->state.epoch - 1,
		     "the keys stay, and each that is added is an epoch more");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct keeper keeper;
	struct session *sessions[FUZZ_SESSIONS] = { NULL };
	struct fuzz_input input = { data, size };
	struct fuzz_step step = { 0 };
	struct seen seen = { 0 };
	const uint8_t *request = NULL;
	size_t i = 0;

	host_reset();
	memset(&keeper, 0, sizeof(keeper));
	keytab = fuzz_keytab;
	keytab.cas = keytab_builtin.cas;
	keytab.ca_count = keytab_builtin.ca_count;
	keytab.receipts = keytab_builtin.receipts;
	keytab.receipt_count = keytab_builtin.receipt_count;
	keeper_create(&keeper, &keytab, fuzz_digest);
	while (fuzz_next(&input, &step, &request))
		run_step(&keeper, sessions, &step, request, &seen);
	for (i = 0; i < FUZZ_SESSIONS; i++)
		if (sessions[i])
			keeper_close(&keeper, sessions[i]);
	fuzz_require(!keeper.sessions.open && !keeper.sessions.open_public,
		     "closed sessions are gone");
	keeper_destroy(&keeper);
	fuzz_require(!host.allocated, "no memory is lost");
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imatee_attack: what an attacker who can write kernel memory does to IMA.
 *
 * Being a module gives it that power without a bug to exploit. It only ever
 * writes data, and it undoes what it did when it is removed, so that a test can
 * show the state before, during and after.
 */
#ifndef IMATEE_ATTACK_H
#define IMATEE_ATTACK_H

#include <linux/key.h>
#include <linux/types.h>

#ifdef pr_fmt
#undef pr_fmt
#endif
#define pr_fmt(fmt) "imatee_attack: " fmt

/**
 * struct target - what one attack is aimed at
 * @ring: name of the keyring, as ".ima"
 * @id: of the key to attack there, eight hexadecimal digits
 * @cert: path of the attacker's certificate
 * @file: path of the file whose verdict, or digest, is to be forged
 * @from: path of the file whose digest it gets
 */
struct target {
	const char *ring;
	const char *id;
	const char *cert;
	const char *file;
	const char *from;
};

/* Each attack has one function to do it and one to undo it. */
int attack_swap(const struct target *t);
void undo_swap(void);
int attack_rename(const struct target *t);
void undo_rename(void);
int attack_link(const struct target *t);
void undo_link(void);
int attack_ring(const struct target *t);
void undo_ring(void);
int attack_appraise(const struct target *t);
void undo_appraise(void);
int attack_log(const struct target *t);
int attack_log_open(const struct target *t);
void undo_log(void);
int attack_log_tail(const struct target *t);
void undo_log_tail(void);
int attack_log_head(const struct target *t);
void undo_log_head(void);
int attack_verdict(const struct target *t);
int attack_ticket(const struct target *t);
int attack_race(const struct target *t);
void undo_race(void);
int attack_crypto(const struct target *t);
void undo_crypto(void);
int attack_mode(const struct target *t);
int attack_way(const struct target *t);
int attack_mode_alias(const struct target *t);
void undo_mode(void);

/* find.c */
void *find_symbol(const char *name);
void *find_ro_after_init(const char *name);
struct key *find_keyring(const char *name);
struct key *find_key(struct key *keyring, const char *id);
int poke(void *where, const void *what, size_t len);

/* forge.c */
struct key *forged_keyring(void);
struct key *forge_key(const char *cert);
void forget_forged(void);

#endif /* IMATEE_ATTACK_H */

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * usage: mkkeys DIR: DIR/keys, a directory of keys for tests which name what is in
 * it: a key and a CA of each kind that is supported, and two keys for receipts. Private
 * keys of the latter go to DIR/private.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "mkcert.h"

static void make(const char *root, const char *dir, const char *name,
		 const char *key, const char *cn)
{
	struct mkcert spec = mkcert_good;
	char path[4096] = "";

	spec.key = key;
	spec.cn = cn;
	snprintf(path, sizeof(path), "%s/keys/%s", root, dir);
	mkdir(path, 0777);
	snprintf(path, sizeof(path), "%s/keys/%s/%s", root, dir, name);
	mkcert_write(&spec, path);
}

static void make_signer(const char *root, const struct mkcert *kind,
			const char *dir, const char *name, const char *key,
			const char *cn)
{
	struct mkcert spec = *kind;
	char path[4096] = "";
	char key_path[4096] = "";

	spec.key = key;
	spec.cn = cn;
	snprintf(path, sizeof(path), "%s/keys/%s/%s.pem", root, dir, name);
	snprintf(key_path, sizeof(key_path), "%s/private/%s.key", root, name);
	mkcert_write_ca(&spec, path, key_path);
}

static void make_ca(const char *root, const char *name, const char *key,
		    const char *cn)
{
	make_signer(root, &mkcert_good_ca, "ca", name, key, cn);
}

static void make_dirs(const char *root)
{
	static const char *const dirs[] = { "", "/keys", "/keys/ca",
					    "/keys/receipt", "/private" };
	char path[4096] = "";
	size_t i = 0;

	for (i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", root, dirs[i]);
		mkdir(path, 0777);
	}
}

int main(int argc, char **argv)
{
	const char *root = argv[1];

	if (argc != 2)
		return 2;
	make_dirs(root);
	make(root, "ima", "a-rsa2048.pem", "rsa:2048", "rsa2048");
	make(root, "ima", "b-rsa4096.der", "rsa:4096", "rsa4096");
	make(root, "ima", "c-p256.der", "P-256", "Schl\xc3\xbcssel");
	make(root, "evm", "a-p384.pem", "P-384", "p384");
	make(root, "evm", "b-p521.der", "P-521", "p521");
	make(root, "platform", "a-rsa3072.pem", "rsa:3072", "rsa3072");
	make_ca(root, "a-p256", "P-256", "CA p256");
	make_ca(root, "b-rsa2048", "rsa:2048", "CA rsa2048");
	make_ca(root, "c-rsa3072", "rsa:3072", "CA rsa3072");
	make_ca(root, "d-rsa4096", "rsa:4096", "CA rsa4096");
	make_ca(root, "e-p384", "P-384", "CA p384");
	make_ca(root, "f-p521", "P-521", "CA p521");
	/* two of one name, and other keys */
	make_ca(root, "g-twin", "P-256", "CA twin");
	make_ca(root, "h-twin", "P-256", "CA twin");
	make_signer(root, &mkcert_good, "receipt", "a-receipt", "P-256",
		    "receipt p256");
	make_signer(root, &mkcert_good, "receipt", "b-receipt", "rsa:2048",
		    "receipt rsa2048");
	return 0;
}

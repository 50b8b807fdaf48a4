// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * usage: mkkeys DIR: a directory of keys for test_builtin, which names what is
 * in it: a key of each kind that is supported.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "mkcert.h"

static void make(const char *root, const char *dir, const char *name,
		 const char *key, const char *cn)
{
	const bool ca = dir[0] == 'c';
	struct mkcert spec = ca ? mkcert_good_ca : mkcert_good;
	char path[4096] = "";

	spec.key = key;
	spec.cn = cn;
	snprintf(path, sizeof(path), "%s/%s", root, dir);
	mkdir(path, 0777);
	snprintf(path, sizeof(path), "%s/%s/%s", root, dir, name);
	mkcert_write(&spec, path);
}

int main(int argc, char **argv)
{
	if (argc != 2)
		return 2;
	mkdir(argv[1], 0777);
	make(argv[1], "ima", "a-rsa2048.pem", "rsa:2048", "rsa2048");
	make(argv[1], "ima", "b-rsa4096.der", "rsa:4096", "rsa4096");
	make(argv[1], "ima", "c-p256.der", "P-256", "Schl\xc3\xbcssel");
	make(argv[1], "evm", "a-p384.pem", "P-384", "p384");
	make(argv[1], "evm", "b-p521.der", "P-521", "p521");
	make(argv[1], "platform", "a-rsa3072.pem", "rsa:3072", "rsa3072");
	make(argv[1], "ca", "a.pem", "P-256", "CA a");
	make(argv[1], "ca", "b.der", "rsa:2048", "CA b");
	return 0;
}

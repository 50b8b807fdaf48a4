// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kexecload: load a kernel for kexec, and unload it again.
 *
 *   kexecload IMAGE [CMDLINE [INITRAMFS]]
 *
 * kexec(8) hands the kernel a copy of the image in memory, which has no owner to
 * match a policy with and no signature. IMA is asked about the file itself here.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/kexec.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static long load(int fd, int initramfs, const char *cmdline,
		 unsigned long flags)
{
	return syscall(SYS_kexec_file_load, fd, initramfs, strlen(cmdline) + 1,
		       cmdline, flags);
}

static int open_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		_exit(1);
	}
	return fd;
}

int main(int argc, char **argv)
{
	const char *cmdline = argc > 2 ? argv[2] : "console=ttyAMA0";
	int fd, initramfs;

	if (argc < 2 || argc > 4) {
		fprintf(stderr,
			"usage: kexecload IMAGE [CMDLINE [INITRAMFS]]\n");
		return 2;
	}
	fd = open_file(argv[1]);
	initramfs = argc > 3 ? open_file(argv[3]) : -1;
	if (load(fd, initramfs, cmdline,
		 initramfs < 0 ? KEXEC_FILE_NO_INITRAMFS : 0)) {
		fprintf(stderr, "%s: %s\n", argv[1], strerror(errno));
		return 1;
	}
	return load(-1, -1, "", KEXEC_FILE_UNLOAD) ? 1 : 0;
}

// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * kexecload: load a kernel for kexec, and unload it again.
 *
 *   kexecload IMAGE
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

static long load(int fd, unsigned long flags)
{
	static const char cmdline[] = "console=ttyAMA0";

	return syscall(SYS_kexec_file_load, fd, -1, sizeof(cmdline), cmdline,
		       flags);
}

int main(int argc, char **argv)
{
	int fd;

	if (argc != 2) {
		fprintf(stderr, "usage: kexecload IMAGE\n");
		return 2;
	}
	fd = open(argv[1], O_RDONLY | O_CLOEXEC);
	if (fd < 0 || load(fd, KEXEC_FILE_NO_INITRAMFS)) {
		fprintf(stderr, "%s: %s\n", argv[1], strerror(errno));
		return 1;
	}
	return load(-1, KEXEC_FILE_UNLOAD) ? 1 : 0;
}

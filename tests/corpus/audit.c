// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/audit.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "audit.h"

#define WAIT_MS 500

int audit_open(void)
{
	struct sockaddr_nl addr = {
		.nl_family = AF_NETLINK,
		.nl_groups = 1 << (AUDIT_NLGRP_READLOG - 1),
	};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_AUDIT);

	if (fd >= 0 && bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		return -1;
	return fd;
}

/* key= up to the next space, without quotation marks */
static int field(const char *record, const char *key, char *out, size_t size)
{
	const char *start = strstr(record, key);
	size_t len;

	if (!start)
		return 0;
	start += strlen(key);
	start += *start == '"';
	len = strcspn(start, "\" \n");
	snprintf(out, size, "%.*s", (int)len, start);
	return 1;
}

void audit_cause(int fd, const char *path, char *cause, size_t size)
{
	char buf[8192], name[512];
	struct nlmsghdr *msg = (struct nlmsghdr *)buf;
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	ssize_t len;

	snprintf(cause, size, "-");
	while (poll(&pfd, 1, WAIT_MS) > 0) {
		len = recv(fd, buf, sizeof(buf) - 1, 0);
		if (len < (ssize_t)NLMSG_HDRLEN)
			return;
		buf[len] = '\0';
		if (msg->nlmsg_type != AUDIT_INTEGRITY_DATA)
			continue;
		if (field(NLMSG_DATA(msg), " name=", name, sizeof(name)) &&
		    !strcmp(name, path) &&
		    field(NLMSG_DATA(msg), " cause=", cause, size))
			return;
	}
}

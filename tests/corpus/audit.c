// SPDX-License-Identifier: GPL-2.0-or-later
#include <linux/audit.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "audit.h"
#include "file.h"

/* Longer than a machine that stands still, for a while, stands still. */
#define WAIT_MS	  120000
#define MARK_SIZE 32

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

/*
 * Has the kernel send a record that is ours. Of this type it sends one even if nobody has
 * switched audit on; and what it had to send before comes before it.
 */
static void send_mark(int fd, const char *text)
{
	struct {
		struct nlmsghdr head;
		char text[MARK_SIZE];
	} msg = {
		.head = { .nlmsg_type = AUDIT_USER_AVC,
			  .nlmsg_flags = NLM_F_REQUEST },
	};
	const struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };

	strcpy(msg.text, text);
	msg.head.nlmsg_len = NLMSG_LENGTH(strlen(text) + 1);
	if (sendto(fd, &msg, msg.head.nlmsg_len, 0, (const void *)&kernel,
		   sizeof(kernel)) < 0)
		die("audit: mark");
}

static void receive(int fd, char *buf, size_t size)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	ssize_t len;

	if (poll(&pfd, 1, WAIT_MS) != 1)
		die("audit: no record");
	len = recv(fd, buf, size - 1, 0);
	if (len < (ssize_t)NLMSG_HDRLEN)
		die("audit: record");
	buf[len] = '\0';
}

void audit_cause(int fd, const char *path, char *cause, size_t size)
{
	static unsigned int marks;
	char buf[8192], name[512], mark[MARK_SIZE];
	struct nlmsghdr *msg = (struct nlmsghdr *)buf;

	snprintf(cause, size, "-");
	snprintf(mark, sizeof(mark), "imatee_verdict=%u;", ++marks);
	send_mark(fd, mark);
	do {
		receive(fd, buf, sizeof(buf));
		if (msg->nlmsg_type == AUDIT_INTEGRITY_DATA &&
		    field(NLMSG_DATA(msg), " name=", name, sizeof(name)) &&
		    !strcmp(name, path) && !strcmp(cause, "-"))
			field(NLMSG_DATA(msg), " cause=", cause, size);
	} while (msg->nlmsg_type != AUDIT_USER_AVC ||
		 !strstr(NLMSG_DATA(msg), mark));
}

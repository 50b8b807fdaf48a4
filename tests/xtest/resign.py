#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""resign.py DEVKIT KEY IN OUT: a trusted application that somebody else signed,
signed with KEY instead.

Only the first signature of the file is replaced. It covers the application, or
the first subkey, which in its turn signs what follows.
"""

import os
import sys
import uuid

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def subkey(sign, image, key):
    public = image.subkey_key.public_bytes(Encoding.PEM,
                                           PublicFormat.SubjectPublicKeyInfo)
    new = sign.BinaryImage(public, key)
    new.set_subkey(sign.value_to_key(sign.sig_tee_alg, image.algo), None,
                   uuid.UUID(bytes=image.uuid), image.subkey_version,
                   image.max_depth, image.name_size)
    return new, image.name_img + image.next_inf


def application(sign, image, key):
    new = sign.BinaryImage(image.img, key)
    new.set_bootstrap_ta(image.sig_algo, uuid.UUID(bytes=image.ta_uuid),
                         int.from_bytes(image.ta_version, "little"))
    return new, b""


def main(devkit, key, old, out):
    sys.path.insert(0, os.path.join(devkit, "scripts"))
    sys.dont_write_bytecode = True
    import sign_encrypt as sign  # pylint: disable=import-outside-toplevel

    image = sign.BinaryImage(old, None)
    image.parse()
    if hasattr(image, "ehdr"):
        sys.exit(f"{old}: encrypted, and the key is not ours")
    kind = subkey if hasattr(image, "subkey_hdr") else application
    new, rest = kind(sign, image, key)
    new.sign()
    new.write(out)
    with open(out, "ab") as file:
        file.write(rest)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""tests/boards/check.py CHECK ARGUMENT...: one check of what was built for a board.

Exits with 0 if it holds, with 1 and a reason if not. It reads the formats from
OP-TEE's headers and shares no code with what wrote the files.
"""

import glob
import os
import struct
import sys
import uuid
import zlib

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from elftools.elf.elffile import ELFFile

# core/include/signed_hdr.h, utee_defines.h
SHDR = struct.Struct("<IIIIHH")
SHDR_MAGIC = 0x4f545348
SHDR_BOOTSTRAP_TA = 1
RSASSA_PSS_SHA256 = 0x70414930
UUID_SIZE = 16


def fail(text):
    sys.exit(text)


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Elf:
    def __init__(self, path):
        self.file = open(path, "rb")
        self.elf = ELFFile(self.file)
        self.symbols = list(self.elf.get_section_by_name(".symtab").iter_symbols())

    def data(self, symbol):
        address, size = symbol["st_value"], symbol["st_size"]
        for section in self.elf.iter_sections():
            start = section["sh_addr"]
            if section["sh_type"] != "SHT_NOBITS" and start and \
                    start <= address < start + section["sh_size"]:
                return section.data()[address - start:address - start + size]
        fail(f"no content for {symbol.name}")

    def named(self, name):
        for symbol in self.symbols:
            if symbol.name == name and symbol["st_size"]:
                return self.data(symbol)
        fail(f"tee.elf has no {name}")


def early_tas(path):
    """The early TAs of a tee.elf: {UUID: (bytes as linked in, ELF)}."""
    elf = Elf(path)
    found = {}
    for symbol in elf.symbols:
        # scripts/ts_bin_to_c.py: one array a TA, named for its UUID.
        if not symbol.name.startswith("ts_bin_") or not symbol["st_size"]:
            continue
        linked = elf.data(symbol)
        name = str(uuid.UUID(symbol.name[len("ts_bin_"):].replace("_", "")))
        # As they are, but for OPTEE_ARGS=CFG_EARLY_TA_COMPRESS=y.
        whole = linked if linked.startswith(b"\x7fELF") else zlib.decompress(linked)
        found[name] = (linked, whole)
    return found


def check_image(directory):
    """Every image holds exactly the trusted applications that lie beside it."""
    tas = early_tas(os.path.join(directory, "tee.elf"))
    beside = {os.path.basename(path).split(".")[0]: read(path)
              for path in glob.glob(os.path.join(directory, "*.stripped.elf"))}
    if len(beside) != 2 or {name: elf for name, (_, elf) in tas.items()} != beside:
        fail(f"tee.elf holds {sorted(tas)}, beside it are {sorted(beside)}")
    for image in ("tee.bin", "tee-raw.bin", "tee-pager_v2.bin"):
        content = read(os.path.join(directory, image))
        for name, (linked, _) in tas.items():
            if linked not in content or uuid.UUID(name).bytes_le not in content:
                fail(f"{image} lacks {name}")


def check_without(directory):
    """OP-TEE without ours: the sizes are compared with this one."""
    if early_tas(os.path.join(directory, "tee.elf")):
        fail("the plain image holds trusted applications")


def check_trusts(directory, key_path):
    """The public key in the image is this one."""
    modulus = Elf(os.path.join(directory, "tee.elf")).named("ta_pub_key_modulus")
    key = serialization.load_pem_public_key(read(key_path))
    if int.from_bytes(modulus, "big") != key.public_numbers().n:
        fail("the image trusts another signing key")


def check_signed(path, key_path):
    """A signed TA as core/crypto/signed_hdr.c checks it."""
    content = read(path)
    magic, kind, size, algorithm, hash_size, sig_size = SHDR.unpack_from(content)
    if (magic, kind, algorithm) != (SHDR_MAGIC, SHDR_BOOTSTRAP_TA, RSASSA_PSS_SHA256):
        fail(f"{path}: not a signed TA")
    digest = content[SHDR.size:SHDR.size + hash_size]
    signature = content[SHDR.size + hash_size:SHDR.size + hash_size + sig_size]
    bootstrap = content[SHDR.size + hash_size + sig_size:]
    name, image = uuid.UUID(bytes=bootstrap[:UUID_SIZE]), bootstrap[UUID_SIZE + 4:]
    if str(name) != os.path.basename(path).split(".")[0] or len(image) != size:
        fail(f"{path}: holds {name}, {len(image)} bytes of {size}")
    hasher = hashes.Hash(hashes.SHA256())
    hasher.update(content[:SHDR.size] + bootstrap)
    if hasher.finalize() != digest:
        fail(f"{path}: digest differs")
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
    key = serialization.load_pem_public_key(read(key_path))
    try:
        key.verify(signature, digest, pss, Prehashed(hashes.SHA256()))
    except InvalidSignature:
        fail(f"{path}: the signature is not this key's")


def key_bytes(path):
    """What of a certificate could be in an image: all of it, and its bare key."""
    data = read(path)
    cert = (x509.load_pem_x509_certificate if data.startswith(b"-----")
            else x509.load_der_x509_certificate)(data)
    numbers = cert.public_key().public_numbers()
    number = numbers.n if hasattr(numbers, "n") else numbers.x
    return (cert.public_bytes(serialization.Encoding.DER),
            number.to_bytes((number.bit_length() + 7) // 8, "big"))


def contents(directory):
    """All that a board gets, nothing compressed."""
    for path in glob.glob(os.path.join(directory, "*")):
        yield read(path)
    for _, elf in early_tas(os.path.join(directory, "tee.elf")).values():
        yield elf


def check_has(directory, *certificates):
    """Each certificate is in the image."""
    everything = list(contents(directory))
    for path in certificates:
        for part in key_bytes(path):
            if not any(part in content for content in everything):
                fail(f"{path} is not in the image")


def check_lacks(directory, *certificates):
    """No certificate, nor its key, is in the image."""
    if not certificates:
        fail("no certificate to look for")
    for content in contents(directory):
        for path in certificates:
            if any(part in content for part in key_bytes(path)):
                fail(f"{path} is in the image")


def check_no_private_key(key_path, *directories):
    """No file has this private key in it, as PEM or as its prime."""
    pem = read(key_path)
    key = serialization.load_pem_private_key(pem, None)
    prime = key.private_numbers().p
    secrets = [pem.splitlines()[2], prime.to_bytes((prime.bit_length() + 7) // 8, "big")]
    for directory in directories:
        for where, _, names in os.walk(os.path.realpath(directory)):
            for name in names:
                content = read(os.path.join(where, name))
                if any(secret in content for secret in secrets):
                    fail(f"{where}/{name} holds the private key {key_path}")


if __name__ == "__main__":
    globals()["check_" + sys.argv[1].replace("-", "_")](*sys.argv[2:])

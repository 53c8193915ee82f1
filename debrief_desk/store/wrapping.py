"""Keys under keys: wrapping by XChaCha20-Poly1305, sealing and deriving by keyed BLAKE2b."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from debrief_desk.errors import NotAllowed

_NONCE_BYTES: Final = 24


def wrapped(secret: bytes, under: bytes, context: bytes) -> bytes:
    """Encrypt `secret` under a key of 32 bytes; it opens only with the same `context`."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + bytes(encrypt(secret, context, nonce, under))


def unwrapped(sealed: bytes, under: bytes, context: bytes) -> bytes:
    """Give the secret again.

    Raises:
        NotAllowed: `wrong-password`: another key or context, or the bytes were changed.
    """
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt
    from nacl.exceptions import CryptoError

    nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return bytes(decrypt(body, context, nonce, under))
    except (CryptoError, ValueError) as error:  # ValueError: too short to hold anything
        raise NotAllowed("wrong-password") from error


def seal(contents: bytes, key: bytes) -> bytes:
    """Give 32 bytes that only who has `key` can make for these `contents`."""
    return _blake2b(contents, key, b"", b"key slot")


def from_recovery(printed: bytes, salt: bytes) -> bytes:
    """Make the printed key a wrapping key; nobody guesses 160 random bits, so at once."""
    return _blake2b(b"", printed, salt, b"recovery")


def for_drafts(key: bytes) -> bytes:
    """Make the desk's key one for what is kept beside the desk."""
    return _blake2b(b"", key, b"", b"drafts")


def _blake2b(contents: bytes, key: bytes, salt: bytes, purpose: bytes) -> bytes:
    return hashlib.blake2b(contents, digest_size=32, key=key, salt=salt, person=purpose).digest()

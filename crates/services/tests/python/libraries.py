"""PyJWT, bcrypt and cryptography at the other end of a pipe: JSON in, JSON out. Decides nothing."""

import json
import sys


def refused(call):
    try:
        call()
    except Exception:
        return True
    return False


def jwt_verify(asked):
    import jwt

    def read(token, key, audience):
        # The test's clock stands still, the machine's doesn't.
        options = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
        options["require"] = ["sub", "iat", "exp", "jti", "iss", "aud"]
        return jwt.decode(token, key, algorithms=["HS256"], issuer=asked["issuer"],
                          audience=audience, options=options)

    tokens = asked["tokens"]
    return {
        "claims": [read(token, asked["key"], asked["audience"]) for token in tokens],
        "headers": [jwt.get_unverified_header(token) for token in tokens],
        "refused_with_the_wrong_key": [
            refused(lambda: read(token, asked["wrong_key"], asked["audience"])) for token in tokens],
        "refused_for_another_audience": [
            refused(lambda: read(token, asked["key"], "somebody else")) for token in tokens],
    }


def jwt_sign(asked):
    import jwt

    claims = asked["claims"]

    def sign(claims=claims, key=asked["key"], kid=asked["kid"], algorithm="HS256", **more):
        headers = {"typ": "at+jwt", "kid": kid, **more}
        return jwt.encode(claims, key, algorithm=algorithm, headers=headers)

    return {
        "good": sign(),
        "old": sign(key=asked["old_key"], kid=asked["old_kid"]),
        "none": sign(key=None, algorithm="none"),
        "hs512": sign(algorithm="HS512"),
        "expired": sign({**claims, "exp": claims["iat"] - 60}),
        "refresh_type": sign({**claims, "type": "refresh"}),
        "no_typ": sign(typ="JWT"),
        "jku": sign(jku="https://evil.example/keys.json"),
        "other_kid": sign(kid=asked["old_kid"]),
    }


def bcrypt_both(asked):
    import bcrypt

    passwords = [password.encode() for password in asked["passwords"]]
    hashes = [text.encode() for text in asked["hashes"]]
    salts = [bcrypt.gensalt(4), bcrypt.gensalt(5), bcrypt.gensalt(4, prefix=b"2a")]
    return {
        "checked": [bcrypt.checkpw(*pair) for pair in zip(passwords, hashes)],
        "wrong_checked": [bcrypt.checkpw(b"another", each) for each in hashes],
        "hashes": [[bcrypt.hashpw(each, salt).decode() for salt in salts] for each in passwords],
    }


def fernet(asked):
    from cryptography.fernet import Fernet, MultiFernet

    new, old = Fernet(asked["new"]), Fernet(asked["old"])
    both = MultiFernet([new, old])
    plain = asked["plain"].encode()

    def opens(by, token):
        return not refused(lambda: by.decrypt(token))

    ours = [asked["by_old"].encode(), asked["by_both"].encode()]
    theirs = both.encrypt(plain)
    flipped = theirs[:40] + (b"A" if theirs[40:41] != b"A" else b"B") + theirs[41:]
    return {
        "opened_by_both": [opens(both, token) for token in ours],
        "opened_by_new": [opens(new, token) for token in ours],
        "opened_by_old": [opens(old, token) for token in ours],
        "theirs": theirs.decode(),
        "rotated": both.rotate(old.encrypt(plain)).decode(),
        "tampered": flipped.decode(),
    }


ANSWERS = {"jwt-verify": jwt_verify, "jwt-sign": jwt_sign, "bcrypt": bcrypt_both, "fernet": fernet}
json.dump(ANSWERS[sys.argv[1]](json.load(sys.stdin)), sys.stdout)

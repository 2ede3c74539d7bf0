"""Safe keeping on the command line: backup, restore, verify, password, account, salvage, erase."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from typing import TextIO

from policy.clock import Clock

DONE, FOUND, WRONG_USE = 0, 1, 2
COMMON = "经办人"
"""Who does it in a book without accounts, as the log says it."""


def backup(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Make one, or list them."""
    from db.face import find_face
    from office.backup import backups, on_demand
    from office.open import open_book

    if asked.list:
        kept = backups(find_face(asked.book).parent)
    else:
        with open_book(asked.book, clock) as book:
            kept = [on_demand(book, asked.to)]
        print("已备份，并逐字节核对过。", file=err)
    if asked.json:
        json.dump([{"file": str(one.path), **asdict(one.manifest)} for one in kept], out, ensure_ascii=False, indent=1)
        print(file=out)
    for one in () if asked.json else kept:
        manifest = one.manifest
        size = f"{one.path.stat().st_size / 1e6:.1f} MB"
        print(f"{manifest.counter}\t{manifest.at.replace('T', ' ')[:16]}\t{manifest.cause}\t{size}\t{one.path}", file=out)
    return DONE


def restore(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Show both sides, and with --yes put the backup in place."""
    import os

    from db.change import Damaged
    from office.backup import compared, put_back
    from office.open import asked as secret
    from office.open import in_charge

    password = secret("JINGBAN_PASSWORD", "台账密码（没有就直接回车）：")
    theirs = os.environ.get("JINGBAN_BACKUP_PASSWORD")
    try:
        who = in_charge(asked.book, clock, "恢复备份", password)
    except (FileNotFoundError, Damaged):
        who = COMMON  # a new folder, or a book that nobody can log in to any more
    for what, now, there in compared(asked.book, asked.file, clock, password=password, backup_password=theirs):
        print(f"{what}\t{now}\t{there}", file=out)
    if not asked.yes:
        print("以上是现在的台账和备份的对照。确认恢复请加 --yes；现在的台账会先另存为备份。", file=err)
        return DONE
    done = put_back(asked.book, asked.file, clock, who, password=password, backup_password=theirs)
    print("已恢复。" + (f"恢复前的台账在 {done.before}。" if done.before else ""), file=err)
    if not done.same_password:
        print("从现在起用做这个备份时的密码打开。", file=err)
    return DONE


def verify(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Look a book or a backup over; of a book every sealed return is worked out again, and figures that come out otherwise are named."""
    from office.backup import SUFFIX
    from office.open import open_book
    from office.seal import replay_all
    from office.verify import anchor_of, shown, verify_backup
    from office.verify import verify as verified

    anchor = anchor_of(asked.anchor) if asked.anchor else None
    if asked.book.suffix == SUFFIX:
        manifest = verify_backup(asked.book)
        print(f"备份完好：{manifest.name} {manifest.counter} 号，{manifest.at.replace('T', ' ')[:16]}，日志 {manifest.counted.lines} 行。", file=out)
        return DONE
    with open_book(asked.book, clock) as book:
        done = verified(book, anchor)
        done = replace(done, found=(*done.found, *(said for one in book.read(replay_all) for said in one.sentences())))
    if asked.json:
        json.dump({"found": list(done.found), "lines": done.anchor.lines, "head": done.anchor.head, "backups": done.backups}, out, ensure_ascii=False, indent=1)
        print(file=out)
    for sentence in () if asked.json else done.found:
        print(sentence, file=out)
    said = f"核对出 {len(done.found)} 处问题。" if done.found else "核对无误。"
    print(f"{said}{shown(done.anchor)}；完好的备份 {done.backups} 个。", file=err)
    return FOUND if done.found else DONE


def password(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Set, change, take off, reset the book's password."""
    from office import password as passwords
    from office.open import asked as secret
    from office.open import in_charge

    held = ""
    if passwords.has_password(asked.book) and not (asked.set or asked.recover):
        held = secret("JINGBAN_PASSWORD", "现在的密码：") or ""
    # a locked book refuses --set itself; whoever has forgotten its password cannot log in, and has the code from the safe instead
    free = asked.recover or (asked.set and passwords.has_password(asked.book))
    who = COMMON if free else in_charge(asked.book, clock, "台账密码", held)

    def new() -> str:
        return secret("JINGBAN_NEW_PASSWORD", "新密码：") or ""

    code = ""
    if asked.set:
        code = passwords.set_password(asked.book, new(), clock, who)
        print(f"已设置密码，台账和附件已加密。{passwords.reaches(asked.book)}", file=err)
    elif asked.change:
        passwords.change(asked.book, held, new(), clock, who)
        print("已修改密码。恢复码不变；以前的备份仍用当时的密码打开。", file=err)
    elif asked.off:
        passwords.take_off(asked.book, held, clock, who)
        print(f"已取消密码。{passwords.MEANS.split('设密码：')[0]}", file=err)
    elif asked.new_code:
        code = passwords.renew_code(asked.book, held, clock, who)
        print("已更换恢复码，旧的作废（以前的备份除外）。", file=err)
    else:
        passwords.recover(asked.book, asked.recover, new(), clock)
        print("已重设密码。", file=err)
    if code:
        print(code, file=out)
        print(f"请抄下或打印恢复码，密封后放进保险柜。标记 {passwords.mark(asked.book)}。", file=err)
    return DONE


def account(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """List and look after the accounts."""
    from office import accounts
    from office.open import asked as secret
    from office.open import open_book

    if (asked.add or asked.set_role) and not asked.role:
        print("请用 --role 写明角色。", file=err)
        return WRONG_USE
    with open_book(asked.book, clock) as book:
        if asked.add:
            accounts.add(book, asked.add, asked.role, secret("JINGBAN_NEW_PASSWORD", f"{asked.add}的密码：") or "")
        if asked.set_role:
            accounts.set_role(book, asked.set_role, asked.role)
        if asked.close:
            accounts.close_account(book, asked.close)
        if asked.reopen:
            accounts.reopen_account(book, asked.reopen)
        if asked.reset:
            accounts.reset_password(book, asked.reset, secret("JINGBAN_NEW_PASSWORD", f"{asked.reset}的新密码：") or "")
        for one in accounts.accounts(book):
            print(f"{one.name}\t{one.role}\t{'已停用' if one.closed else ''}", file=out)
    return DONE


def salvage(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Save what can be read of a damaged book into a new one."""
    from office.open import asked as secret
    from office.salvage import salvage as saved

    done = saved(asked.book, asked.into, clock, password=secret("JINGBAN_PASSWORD", "台账密码（没有就直接回车）："))
    for line in done.sentences():
        print(line, file=out)
    print(f"已另建 {asked.into}，原件没有改动。请打开核对；报表封存、操作日志的原件仍在原来的文件夹里。", file=err)
    return FOUND if done.lost else DONE


def erase(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Erase a person's personal information by law."""
    from office import erase as erasing
    from office.open import open_book

    with open_book(asked.book, clock) as book:
        person = erasing.person_by_id_no(book, asked.id_no)
        for line in erasing.what_goes(book, person):
            print(line, file=out)
        if not asked.yes:
            print("以上内容会清空，不能恢复。确认请加 --yes。", file=err)
            return DONE
        done = erasing.erase(book, person, asked.reason)
    for line in done.sentences():
        print(line, file=err)
    return DONE


COMMANDS = {
    "backup": backup, "restore": restore, "verify": verify, "password": password, "account": account, "salvage": salvage, "erase": erase,
}  # fmt: skip

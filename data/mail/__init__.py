"""Mail: queued with what it is about in one transaction, sent later, never twice."""

from ibasho.data.mail.model import MailState, Message, QueuedMail, is_mail_address
from ibasho.data.mail.store import (
    RESTORED,
    UnknownMailError,
    cancel_mails,
    claim_mail,
    count_mails,
    doubt_mails,
    finish_mail,
    forget_old_mails,
    give_up_mail,
    leave_mail,
    queue_mail,
    read_mails,
    read_message,
    retry_mail,
    send_again,
    show_message,
)

__all__ = [
    "RESTORED",
    "MailState",
    "Message",
    "QueuedMail",
    "UnknownMailError",
    "cancel_mails",
    "claim_mail",
    "count_mails",
    "doubt_mails",
    "finish_mail",
    "forget_old_mails",
    "give_up_mail",
    "is_mail_address",
    "leave_mail",
    "queue_mail",
    "read_mails",
    "read_message",
    "retry_mail",
    "send_again",
    "show_message",
]

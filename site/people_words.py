"""How roles and states of accounts, and what was done to them, are said."""

from ibasho.data.accounts import AccountState, Role
from ibasho.site.languages import LazyString, lazy_gettext

ROLES: dict[Role, LazyString] = {
    Role.COORDINATOR: lazy_gettext("Coordinator"),
    Role.SCHOOL: lazy_gettext("School"),
    Role.PROVIDER: lazy_gettext("Provider"),
    Role.ADMIN: lazy_gettext("Administrator"),
}

STATES: dict[AccountState, LazyString] = {
    AccountState.INVITED: lazy_gettext("Invited"),
    AccountState.ACTIVE: lazy_gettext("Can sign in"),
    AccountState.CLOSED: lazy_gettext("Closed"),
}

ACTIONS: dict[str, LazyString] = {
    "add-account": lazy_gettext("Account made"),
    "invite": lazy_gettext("Invitation sent"),
    "use:invitation": lazy_gettext("Invitation taken up"),
    "use:reset": lazy_gettext("New password"),
    "set-password": lazy_gettext("New password"),
    "set_scope": lazy_gettext("Account changed"),
    "change_account": lazy_gettext("Account changed"),
    "close_account": lazy_gettext("Account closed"),
    "reopen_account": lazy_gettext("Account opened again"),
    "sign-in": lazy_gettext("Signed in"),
    "lock_out": lazy_gettext("Locked for a while: too many wrong passwords or codes"),
    "set_up_device": lazy_gettext("Set up a device"),
    "remove_second_step": lazy_gettext("Remove the second step"),
    "new_spare_codes": lazy_gettext("New spare codes"),
    "add_passkey": lazy_gettext("Passkey added"),
    "remove_passkey": lazy_gettext("Passkey removed"),
    "use_passkey": lazy_gettext("Passkey used"),
    "refuse_passkey": lazy_gettext("A passkey that seems to be copied was refused"),
    "use_spare_code": lazy_gettext("Spare code used"),
}

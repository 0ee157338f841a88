"""Say in which leaks a mail address of the person is, after they showed that it is theirs."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.actions import Answer, Outcome, Secret, Sends, action, asked, given
from stillmine.app.context import Context
from stillmine.app.network import Permit
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import AddressNotProven, BreachKeyRefused, NothingMayLeave
from stillmine.messages import translate
from stillmine.messages.breaches import MAIL_ADVICE
from stillmine.watch.breaches.accounts import ACCOUNTS, ACTION, Breach, breaches_of
from stillmine.watch.names.own_name import MAIL, all_names

_KIND = "watch.breach-key"
_RECORD = "hibp"


@dataclass(frozen=True, slots=True)
class MailRequest:
    """Which address, and what to do with the key."""

    address: str = given("A mail address of yours, which you showed to be yours.", positional=True)
    key: Secret | None = asked(
        "Your own key for Have I Been Pwned.", secret="breach-key", default=None
    )
    keep_key: bool = given("Keep the key, sealed in the vault, for the next time.", default=False)
    new_key: bool = given("Forget the key that is kept, and ask for one.", default=False)


@dataclass(frozen=True, slots=True)
class MailAnswer(Answer):
    """The leaks that the address is in, the newest first; `key_kept` is whether a key is kept."""

    address: str
    breaches: tuple[Breach, ...]
    key_kept: bool
    advice: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where it is in no leak that is known."""
        return Outcome.DONE if self.breaches else Outcome.NOTHING_FOUND


@action(
    ACTION,
    sends=Sends(
        what="The mail address {address}, and your own key.",
        to="Have I Been Pwned: haveibeenpwned.com",
        they_learn="That whoever has this key asks about this address, and from which Internet "
        "address.",
        undo="No. They say how to be taken out of what others can search: "
        "haveibeenpwned.com/OptOut",
    ),
)
def mail(context: Context, request: MailRequest) -> MailAnswer:
    """Look in which leaks a mail address of yours is, with your own key."""
    if not context.agreed_to_send:
        raise NothingMayLeave(agreed="-", asked=Permit.for_host(ACTION, ACCOUNTS).destination)
    with unlocked(context, writing=request.new_key) as vault:
        address = _proven(vault, request.address)
        if request.new_key:
            vault.records.forget(_KIND, _RECORD)
        kept = _kept(vault)
    typed = request.key or ("" if kept else context.keys.secret("breach-key"))
    context.job.begin("watch.asking-about-leaks", None, "")
    try:
        breaches = breaches_of(address, str(typed).strip() or kept)
    except BreachKeyRefused:
        if not typed:  # else the same key would be used, and refused, again and again
            with unlocked(context, writing=True) as vault:
                vault.records.forget(_KIND, _RECORD)
        raise
    if request.keep_key and typed:
        with unlocked(context, writing=True) as vault:
            vault.records.put(_KIND, _RECORD, {"key": str(typed).strip()})
    advice = MAIL_ADVICE["found" if breaches else "not-found"]
    return MailAnswer(
        address,
        breaches,
        bool(kept) or request.keep_key,
        tuple(translate(each) for each in (*advice, *MAIL_ADVICE["always"])),
    )


def _proven(vault: Vault, typed: str) -> str:
    """Return the address as it was shown to be the person's. Raises AddressNotProven."""
    wanted = typed.strip().casefold()
    for each in all_names(vault).names:
        if each.sort == MAIL and each.firm and each.text.casefold() == wanted:
            return each.text
    raise AddressNotProven(address=typed)


def _kept(vault: Vault) -> str:
    kept = vault.records.get(_KIND, _RECORD)
    key = kept.get("key") if isinstance(kept, dict) else None
    return key if isinstance(key, str) else ""

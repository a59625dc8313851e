"""How the command line is used, and what is wrong with what was typed, in the language asked for.

Typer says both in English and its translations are of the system's language, not of the one that
the command was given. Help texts are keys of ``words/messages/*/cli.yaml``, looked up when shown.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer import _click as click
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from helpers.words import escaping, guarding, printing
from helpers.words.messages import text
from helpers.words.personal import hiding

LANGUAGE = "datakollen.language"  # where a context keeps it
Parameter = TyperArgument | TyperOption


def _language(context: click.Context | None) -> str:
    return str(context.meta.get(LANGUAGE, "sv")) if context else "sv"


def _say(key: str, context: click.Context | None, **values: Any) -> str:
    return text(f"cli.usage.{key}", _language(context), **_typed(values))


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """What somebody typed, said back on one line and without what looks personal."""
    return {
        name: escaping.one_line(hiding.hide(value)) if isinstance(value, str) else value
        for name, value in values.items()
    }


def _named(parameter: Any) -> str:
    """``--jobs`` or ``FILE...``, as one types it."""
    if isinstance(parameter, TyperOption):
        return str(parameter.opts[0])
    several = "" if parameter.nargs == 1 else "..."
    return str(parameter.metavar or f"{parameter.name.removesuffix('s').upper()}{several}")


def _choices(parameter: Any) -> list[str]:
    return [str(getattr(one, "value", one)) for one in parameter.type_descriptor.choices or ()]


def _taken(parameter: Any, context: click.Context) -> str:
    """What an option takes: ``sv|en``, ``1–32`` or the sort of value; nothing for a switch."""
    if parameter.is_bool_flag or parameter.name == "help":
        return ""
    if choices := _choices(parameter):
        return "|".join(choices)
    if parameter.min is not None and parameter.max is not None:
        return f"{parameter.min}–{parameter.max}"
    if parameter.name == "date":
        return _say("date", context)
    return _say("path" if parameter.type_descriptor.is_path else "value", context)


def _told(parameter: Any, context: click.Context) -> tuple[str, str]:
    """The parameter as help shows it: how it is typed, and what it is for."""
    if parameter.name == "help" and isinstance(parameter, TyperOption):
        return "--help", _say("help", context)
    told = text(parameter.help, _language(context))
    default = parameter.default
    if parameter.required:
        told += f" {_say('required', context)}"
    elif default not in (None, False, ()) and not callable(default):
        told += f" {_say('default', context, value=str(getattr(default, 'value', default)))}"
    option = isinstance(parameter, TyperOption)
    # --recompute has --resume beside it
    name = (
        ", ".join([_named(parameter), *parameter.secondary_opts]) if option else _named(parameter)
    )
    return f"{name} {_taken(parameter, context) if option else ''}".strip(), told


class _Speaking(click.Command):
    """What a command and the group of them have in common."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [] if isinstance(self, TyperGroup) else [_say("options_piece", ctx)]
        for parameter in self.params:
            if isinstance(parameter, TyperArgument):
                name = _named(parameter)
                pieces.append(name if parameter.required else f"[{name}]")
            elif parameter.required:
                pieces.append(f"{_named(parameter)} {_taken(parameter, ctx)}")
        if isinstance(self, TyperGroup):
            pieces.append(_say("command_piece", ctx))
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_say("usage", ctx) + " ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text(text(str(self.help), _language(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for name, kind in (("arguments", TyperArgument), ("options", TyperOption)):
            those = [_told(one, ctx) for one in self.get_params(ctx) if isinstance(one, kind)]
            if those:
                with formatter.section(_say(name, ctx)):
                    formatter.write_dl(those)


class Command(_Speaking, TyperCommand):
    """One command."""


class Group(_Speaking, TyperGroup):
    """All commands. What was typed wrongly is said in one sentence, with how it is used."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section(_say("commands", ctx)):
            formatter.write_dl(
                [(name, text(str(one.help), _language(ctx))) for name, one in self.commands.items()]
            )

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> click.Context:
        self._language = guarding.spoken(args)
        return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[LANGUAGE] = self._language  # before anything is said
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in self.commands:
            near = get_close_matches(args[0], self.commands)
            key = "no_command_near" if near else "no_command"
            values = {"name": args[0], "near": ", ".join(near)}
            raise _Said(_say(key, ctx, **values), ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **given: Any) -> Any:
        run: Callable[..., Any] = super().main
        alone = given.pop("standalone_mode", True)
        given["standalone_mode"] = False
        if not alone:
            return run(*args, **given)
        code: Any = None
        try:
            code = run(*args, **given)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = guarding.USAGE
        except click.exceptions.UsageError as error:
            tell(error, self._language)
            code = guarding.USAGE
        except typer.Abort:
            code = guarding.INTERRUPTED
        sys.exit(code if isinstance(code, int) else 0)


class _Said(click.exceptions.UsageError):
    """A sentence of ours already."""


class App(typer.Typer):
    """Typer whose commands are ours."""

    def command(self, *args: Any, **given: Any) -> Callable[[Any], Any]:
        return super().command(*args, **({"cls": Command} | given))


def _value(error: click.exceptions.BadParameter) -> str:
    """What a parameter takes, where one gave it something else."""
    parameter: Any = error.param
    choices, name = _choices(parameter), _named(parameter)
    if choices:
        return _say("choose", error.ctx, name=name, choices=", ".join(choices))
    if getattr(parameter, "min", None) is not None:
        return _say("between", error.ctx, name=name, least=parameter.min, most=parameter.max)
    if parameter.name == "date":
        return _say("not_date", error.ctx, name=name)
    return _say("not_taken", error.ctx, name=name)


def sentence(error: click.exceptions.UsageError, language: str) -> str:
    """What is wrong with what was typed. A fault of an option alone has no context."""
    wrong, context = click.exceptions, error.ctx
    if isinstance(error, _Said):
        return error.message
    if isinstance(error, wrong.NoSuchOption):
        near: Sequence[str] = sorted(error.possibilities or ())
        key = "no_option_near" if near else "no_option"
        return _say(key, context, name=error.option_name, near=", ".join(near))
    if isinstance(error, wrong.MissingParameter):
        return _say("missing", context, name=_named(error.param))
    if isinstance(error, wrong.BadParameter) and error.param is not None:
        return _value(error)
    if isinstance(error, wrong.BadOptionUsage):
        key = "no_value" if "does not take" in error.message else "needs_value"
        return text(f"cli.usage.{key}", language, **_typed({"name": error.option_name}))
    return _say("too_many", context)


def tell(error: click.exceptions.UsageError, language: str) -> None:
    """To standard error: the sentence, how the command is used, and where more is said."""
    context = error.ctx
    printing.plain(f"{text('cli.error', language)} {sentence(error, language)}", sys.stderr)
    if context:
        printing.plain(context.get_usage(), sys.stderr)
        printing.plain(_say("more", context, command=context.command_path), sys.stderr)

"""The weights shown, to be moved by hand with the order changing at once: sliders in JupyterLab, a
table where nothing can be moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.advising.results import Region
from helpers.scoring import criteria, ranking, robustness, scoring, weights
from helpers.scoring.scorecards import Ranked
from helpers.scoring.weights import Weights
from helpers.words.display import Display
from helpers.words.errors import DatakollenError
from helpers.words.escaping import html, shown
from helpers.words.files.ours import Setting
from helpers.words.messages import number, span, text

MOST = 40
STATIC = Setting("DATAKOLLEN_STATIC")  # set for a notebook of a report, where no widget works


def weigh(region: Region, language: str = "sv") -> Any:
    """Sliders for the region's weights, its order, and a form to save them; a table of the weights
    in the report."""
    return table(region, language) if STATIC.value() else Weighing(region, language).box


def table(region: Region, language: str = "sv") -> Display:
    """Whose weights they are, and what each criterion weighs."""
    current = region.weights or weights.common()
    rows = [
        (_name(id, language), number(value, language, 1)) for id, value in current.values.items()
    ]
    head = [text(f"weighing.{name}", language) for name in ("criterion", "weight")]
    return Display(head, rows, current.whose[language])


def _name(id: str, language: str) -> str:
    group, name = id.split("_", 1)
    return criteria.load().groups[group][name].name[language]


def _change(ranked: Ranked, before: int | None, language: str) -> str:
    """How its place has changed; what keeps it from having one."""
    if ranked.rank is None:
        return ranked.no_place[0].message[language]
    moved = (before or ranked.rank) - ranked.rank
    change = "same" if not moved else "up" if moved > 0 else "down"
    return text(f"weighing.{change}", language, count=abs(moved))


def order(region: Region, values: Mapping[str, float], language: str = "sv") -> Display:
    """The order under these weights, each place against the region's own, and how sure it is in
    words. Last, without a place, what cannot be ranked yet.

    Raises ValueError where nothing weighs anything.
    """
    chosen = Weights(weights.scaled(values))
    cards = [
        scoring.weighed(candidate.scorecard, chosen.values)
        for candidate in region.candidates
        if candidate.scorecard
    ]
    titles = {candidate.entry.id: candidate.entry.title for candidate in region.candidates}
    before = {
        candidate.entry.id: candidate.ranked.rank
        for candidate in region.candidates
        if candidate.ranked
    }
    by_id, rows = {card.candidate: card for card in cards}, []
    for ranked in ranking.rank(cards):
        if by_id[ranked.candidate].verdict == "stopp":
            continue
        card = by_id[ranked.candidate]
        rows.append(
            (
                ranked.rank or "–",
                shown(titles[ranked.candidate]),
                span(card.low, card.high, language),
                _change(ranked, before.get(ranked.candidate), language),
            )
        )
    tried = robustness.robustness(cards, chosen)
    sure = tried.said[tried.candidates[0]][language] if tried.candidates else ""
    return Display(
        [text(f"weighing.{name}", language) for name in ("place", "candidate", "points", "change")],
        rows,
        sure,
    )


class Weighing:
    """The widgets, and what happens when one is moved. ``box`` is what a notebook shows."""

    def __init__(self, region: Region, language: str) -> None:
        import ipywidgets  # 0.2 s

        self.region, self.language = region, language
        self.start = dict((region.weights or weights.common()).values)
        wide = ipywidgets.Layout(width="calc(100% - 8px)")
        self.sliders = self._sliders(wide)
        self.order = ipywidgets.HTML()
        self.order.add_class("jp-RenderedHTMLCommon")  # tables as JupyterLab has them
        self.fields = self._fields(wide)
        self.told = ipywidgets.HTML()
        self.box = self._box()
        self.quiet = False
        self.show()

    def _sliders(self, wide: Any) -> dict[str, Any]:
        """A slider for each criterion, by the criterion's id."""
        import ipywidgets  # 0.2 s

        named = {"description_width": "17rem"}
        return {
            id: ipywidgets.FloatSlider(
                value,
                min=0,
                max=max(MOST, value),
                step=0.5,
                description=_name(id, self.language),
                continuous_update=False,
                readout_format=".1f",
                style=named,
                layout=wide,
            )
            for id, value in self.start.items()
        }

    def _fields(self, wide: Any) -> dict[str, Any]:
        """The fields of the form, by name; the organisation filled in where there is only one."""
        import ipywidgets  # 0.2 s

        fields = {
            name: ipywidgets.Text(
                description=self._say(name), style={"description_width": "8rem"}, layout=wide
            )
            for name in ("organisation", "by", "because")
        }
        owners = {candidate.entry.organisation for candidate in self.region.candidates}
        fields["organisation"].value = owners.pop() if len(owners) == 1 else ""
        return fields

    def _button(self, name: str) -> Any:
        """A button as wide as its text, bound to nothing yet."""
        import ipywidgets  # 0.2 s

        return ipywidgets.Button(
            description=self._say(name),
            layout=ipywidgets.Layout(width="auto", align_self="flex-start"),
        )

    def _box(self) -> Any:
        """Sliders and order side by side, the form to save below, each widget bound to what it
        does."""
        import ipywidgets  # 0.2 s

        reset, save = self._button("reset"), self._button("save")
        reset.on_click(lambda _: self.reset())
        save.on_click(lambda _: self.save())
        for slider in self.sliders.values():
            slider.observe(lambda _: self.show(), names="value")
        form = [
            ipywidgets.HTML(
                f"<b>{html(self._say('save_heading'))}</b><p>{html(self._say('save_how'))}</p>"
            ),
            *self.fields.values(),
            save,
            self.told,
        ]
        part = {"min_width": "20rem"}
        left = ipywidgets.VBox(
            [*self.sliders.values(), reset], layout=ipywidgets.Layout(flex="1 1 24rem", **part)
        )
        right = ipywidgets.VBox(
            [self.order], layout=ipywidgets.Layout(flex="2 1 32rem", overflow="auto", **part)
        )
        both = ipywidgets.Box(
            [left, right], layout=ipywidgets.Layout(display="flex", flex_flow="row wrap")
        )
        return ipywidgets.VBox([ipywidgets.HTML(f"<p>{html(self._say('how'))}</p>"), both, *form])

    def _say(self, key: str, **values: Any) -> str:
        return text(f"weighing.{key}", self.language, **values)

    @property
    def values(self) -> dict[str, float]:
        """What each criterion weighs on its slider now, by the criterion's id; not scaled."""
        return {id: slider.value for id, slider in self.sliders.items()}

    def show(self) -> None:
        """Work the order out again."""
        if self.quiet:
            return
        try:
            self.order.value = order(self.region, self.values, self.language)._repr_html_()
        except ValueError:
            self.order.value = f"<p>{html(self._say('nothing'))}</p>"

    def reset(self) -> None:
        """Put every slider back, and work the order out once."""
        self.quiet = True
        for id, slider in self.sliders.items():
            slider.value = self.start[id]
        self.quiet = False
        self.show()

    def save(self) -> None:
        """Write ``weights.yaml``, or say what is missing."""
        given = {name: field.value.strip() for name, field in self.fields.items()}
        if not all(given.values()) or self.region.folder is None:
            self.told.value = f"<p>{html(self._say('fill'))}</p>"
            return
        try:
            file = weights.save(self.region.folder, weights.scaled(self.values), **given)
            self.told.value = f"<p>{html(self._say('saved', file=file.name))}</p>"
        except ValueError:
            self.told.value = f"<p>{html(self._say('nothing'))}</p>"
        except DatakollenError as error:
            self.told.value = f"<p>{html(error.text(self.language))}</p>"

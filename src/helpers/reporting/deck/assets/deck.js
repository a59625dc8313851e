/* Slides out of a page that reads without us: reveal.js shows them, the speaker has a window of her own, and the look follows
   the computer until a key changes it. Narrow windows and paper keep the page as it is. */
(function () {
  "use strict";
  var NARROW = 760;
  var root = document.documentElement;
  var main = document.getElementById("deck");
  var data = JSON.parse(document.getElementById("deck-data").textContent);
  var tools = document.querySelector("nav.tools");
  var slides = Array.prototype.slice.call(main.querySelectorAll("section.slide"));
  if (window.innerWidth < NARROW) { return; }

  var speaker = null, began = Date.now();

  function made(document, tag, name, words) {
    var element = document.createElement(tag);
    if (name) { element.className = name; }
    if (words !== undefined) { element.textContent = words; }
    return element;
  }

  function where() {
    return data.texts.of.replace("{number}", Reveal.getIndices().h + 1).replace("{count}", slides.length);
  }

  function look() {
    var names = Object.keys(data.looks);
    var next = names[(names.indexOf(root.dataset.look) + 1) % names.length];
    root.dataset.look = next;
    tools.querySelector("[data-do=look]").title = data.looks[next] + " (L)";
    if (speaker && !speaker.closed) { speaker.document.documentElement.dataset.look = next; }
  }

  /* A slide in little: a copy without what only one element of a page may have. */
  function copy(target, slide) {
    target.replaceChildren();
    if (!slide) { target.append(made(target.ownerDocument, "p", "none", data.texts.last)); return; }
    var inner = target.ownerDocument.importNode(slide.querySelector(".inner"), true);
    inner.querySelectorAll("[id]").forEach(function (one) { one.removeAttribute("id"); });
    var box = made(target.ownerDocument, "div", slide.className.replace(/present|past|future/g, "") + " copied");
    box.append(inner);
    target.append(box);
  }

  function two(number) { return (number < 10 ? "0" : "") + number; }

  function tick() {
    if (!speaker || speaker.closed) { return; }
    var now = new Date(), seconds = Math.floor((Date.now() - began) / 1000);
    var seen = speaker.document;
    seen.querySelector(".clock").textContent = two(now.getHours()) + "." + two(now.getMinutes());
    seen.querySelector(".elapsed").textContent = two(Math.floor(seconds / 60)) + ":" + two(seconds % 60);
  }

  function follow() {
    var at = Reveal.getIndices().h;
    tools.querySelector(".where").textContent = where();
    if (!speaker || speaker.closed) { return; }
    var seen = speaker.document;
    copy(seen.querySelector(".now .screen"), slides[at]);
    copy(seen.querySelector(".then .screen"), slides[at + 1]);
    seen.querySelector(".said").replaceChildren();
    slides[at].querySelectorAll(".notes p").forEach(function (note) {
      seen.querySelector(".said").append(made(seen, "p", "", note.textContent));
    });
    seen.querySelector(".number").textContent = where();
    seen.title = where() + " – " + data.texts.speaker;
    tick();
  }

  function part(seen, name, heading) {
    var box = made(seen, "section", name);
    box.append(made(seen, "h2", "", heading), made(seen, "div", "screen"));
    return box;
  }

  function button(seen, words, act) {
    var one = made(seen, "button", "", words);
    one.type = "button";
    one.addEventListener("click", act);
    return one;
  }

  function open() {
    if (speaker && !speaker.closed) { speaker.focus(); return; }
    speaker = window.open("", "", "popup,width=1200,height=760");
    if (!speaker) { tools.querySelector(".where").textContent = data.texts.blocked; return; }
    var seen = speaker.document;
    seen.documentElement.lang = root.lang;
    seen.documentElement.className = "shown";
    seen.documentElement.dataset.look = root.dataset.look;
    document.querySelectorAll("style").forEach(function (sheet) { seen.head.append(seen.importNode(sheet, true)); });
    seen.body.className = "speaker";
    var page = made(seen, "main", "");
    var bar = made(seen, "div", "steer");
    bar.append(
      button(seen, data.texts.previous, function () { Reveal.prev(); }),
      made(seen, "h1", "number"),
      button(seen, data.texts.following, function () { Reveal.next(); })
    );
    var time = made(seen, "p", "time");
    time.append(
      made(seen, "span", "", data.texts.clock + " "), made(seen, "b", "clock"),
      made(seen, "span", "", " · " + data.texts.elapsed + " "), made(seen, "b", "elapsed"), " ",
      button(seen, data.texts.restart, function () { began = Date.now(); tick(); })
    );
    bar.append(time);
    var said = made(seen, "div", "said");
    said.tabIndex = 0;
    page.append(bar, part(seen, "now", data.texts.current), part(seen, "then", data.texts.coming), said);
    seen.body.append(page);
    speaker.addEventListener("keydown", function (event) {
      if (["ArrowRight", "ArrowDown", "PageDown", "n"].indexOf(event.key) >= 0) { Reveal.next(); event.preventDefault(); }
      if (["ArrowLeft", "ArrowUp", "PageUp", "p"].indexOf(event.key) >= 0) { Reveal.prev(); event.preventDefault(); }
      if (event.key === "l" || event.key === "L") { look(); }
    });
    speaker.setInterval(tick, 1000);
    follow();
  }

  /* All slides by their titles: a list that is read and walked as any other. */
  function list() {
    var box = document.querySelector("dialog");
    if (box.open) { box.close(); return; }
    var items = box.querySelector("ol");
    items.replaceChildren();
    slides.forEach(function (slide, at) {
      var item = made(document, "li"), go = made(document, "button", "", slide.querySelector(".title").textContent);
      go.type = "button";
      if (at === Reveal.getIndices().h) { go.setAttribute("aria-current", "true"); go.autofocus = true; }
      go.addEventListener("click", function () { box.close(); Reveal.slide(at); });
      item.append(go);
      items.append(item);
    });
    box.showModal();
  }

  var acts = {
    prev: function () { Reveal.prev(); },
    next: function () { Reveal.next(); },
    overview: list,
    speaker: open,
    look: look
  };
  tools.addEventListener("click", function (event) {
    var wanted = event.target.closest("button");
    if (wanted) { acts[wanted.dataset.do](); }
  });

  root.classList.add("shown");
  main.classList.add("reveal");
  tools.hidden = false;
  var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  Reveal.initialize({
    width: 1280, height: 720, margin: 0, minScale: 0.2, maxScale: 4, center: false,
    hash: true, history: false, controls: false, progress: true, slideNumber: false, help: false, pause: false,
    jumpToSlide: false, scrollActivationWidth: null, touch: true, transition: still ? "none" : "fade",
    transitionSpeed: "fast", backgroundTransition: "none", viewDistance: 100, mobileViewDistance: 100,
    overview: false,
    keyboardCondition: function () { return !document.querySelector("dialog").open; },
    keyboard: { 83: open, 76: look, 79: list, 27: null, 66: null, 190: null, 191: null, 86: null }
  }).then(function () {
    main.removeAttribute("role"); // "application" would take the keys from whoever listens to the page
    follow();
  });
  Reveal.on("slidechanged", follow);
}());

/* Draws the layers of #map-data on a Leaflet map. Every text is set with textContent; numbers are never added up here. */
(function () {
  "use strict";
  var CELL = 56, MOST_SQUARES = 2500, MOST_TOWNS = 150, SVG = "http://www.w3.org/2000/svg";

  var SIDES = ["right", "left", "above", "below", "far", "high"];
  /* below a zoom, towns of at least so many inhabitants are named */
  var TOWNS_FROM = [[6, 100000], [7, 40000], [8, 15000], [9, 5000], [10, 2000], [11, 800]];

  function make(tag, text, name) {
    var node = document.createElement(tag);
    if (text !== undefined && text !== null) node.textContent = text;
    if (name) node.className = name;
    return node;
  }

  function bytes(text) {
    var raw = atob(text), out = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
    return out;
  }

  function ints(text) { return new Int32Array(bytes(text).buffer); }

  /* SWEREF 99 TM (EPSG:3006) to degrees: Gauss-Krüger by Krüger's series on GRS 80, as Lantmäteriet describes it. */
  function degrees(east, north) {
    var f = 1 / 298.257222101, n = f / (2 - f), n2 = n * n, n3 = n2 * n, n4 = n3 * n, e2 = f * (2 - f);
    var a = 6378137 / (1 + n) * (1 + n2 / 4 + n4 / 64), k0 = 0.9996;
    var d = [n / 2 - 2 * n2 / 3 + 37 * n3 / 96 - n4 / 360, n2 / 48 + n3 / 15 - 437 * n4 / 1440,
             17 * n3 / 480 - 37 * n4 / 840, 4397 * n4 / 161280];
    var xi = north / (k0 * a), eta = (east - 500000) / (k0 * a), x = xi, y = eta;
    for (var i = 0; i < 4; i++) {
      x -= d[i] * Math.sin(2 * (i + 1) * xi) * Math.cosh(2 * (i + 1) * eta);
      y -= d[i] * Math.cos(2 * (i + 1) * xi) * Math.sinh(2 * (i + 1) * eta);
    }
    var phi = Math.asin(Math.sin(x) / Math.cosh(y)), s = Math.sin(phi), s2 = s * s;
    var e4 = e2 * e2, e6 = e4 * e2, e8 = e6 * e2;
    phi += s * Math.cos(phi) * (e2 + e4 + e6 + e8 - (7 * e4 + 17 * e6 + 30 * e8) / 6 * s2
      + (224 * e6 + 889 * e8) / 120 * s2 * s2 - 4279 * e8 / 1260 * s2 * s2 * s2);
    return [phi * 180 / Math.PI, 15 + Math.atan2(Math.sinh(y), Math.cos(x)) * 180 / Math.PI];
  }

  function draw(map, data) {
    var say = data.texts, locale = data.language === "sv" ? "sv-SE" : "en-GB";
    var status = document.getElementById("map-status"), layers = data.layers.map(prepared);
    var names = { near: [], far: [] }, towns = [], below = window.datakollen;

    function number(value, decimals) {
      return value.toLocaleString(locale, { maximumFractionDigits: decimals || 0 });
    }

    function filled(template, values) {
      return template.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
    }

    function kind(layer, i) { return layer.kinds[typeof layer.kind === "number" ? layer.kind : layer.kind[i]]; }

    function row(layer, i) { return layer.rows === null ? null : typeof layer.rows === "number" ? layer.rows + i : layer.rows[i]; }

    function square(layer, i) { return String(layer.east[i]).padStart(6, "0") + String(layer.north[i]).padStart(7, "0"); }

    function label(layer, i) {
      if (layer.labels && layer.labels[i]) return layer.labels[i];
      if (layer.type === "squares") return say.square + " " + square(layer, i);
      var at = row(layer, i);
      return kind(layer, i).label + (at === null ? "" : ", " + filled(say.row, { row: at }));
    }

    function value(fact, i) {
      var one = fact.values[i];
      if (one === null || one === undefined || one === "") return null;
      return (typeof one === "number" ? number(one, fact.decimals) : one) + (fact.unit ? "\u00a0" + fact.unit : "");
    }

    function told(layer, i) {
      var first = layer.facts.length && layer.type !== "points" ? value(layer.facts[0], i) : null;
      return label(layer, i) + (first ? ". " + layer.facts[0].label + ": " + first : "");
    }

    function content(layer, i) {
      var box = make("div", null, "popup"), list = make("dl");
      box.appendChild(make("h2", label(layer, i)));
      function line(name, text) { list.appendChild(make("dt", name)); list.appendChild(make("dd", text)); }
      if (layer.kinds.length > 1) line(layer.title, kind(layer, i).label);
      layer.facts.forEach(function (fact) {
        var text = value(fact, i);
        if (text !== null) line(fact.label, text);
      });
      if (row(layer, i) !== null) line(say.source_row, String(row(layer, i)));
      box.appendChild(list);
      return box;
    }

    function prepared(layer) {
      var own = Object.assign({}, layer);
      if (typeof own.labels === "string") own.labels = own.labels.split("\n");
      if (layer.type === "points") {
        own.lon = ints(layer.lon); own.lat = ints(layer.lat);
        own.length = own.lon.length;
        if (typeof layer.kind === "string") own.kind = bytes(layer.kind);
        if (typeof layer.rows === "string") own.rows = ints(layer.rows);
        own.x = new Float64Array(own.length); own.y = new Float64Array(own.length);
        for (var i = 0; i < own.length; i++) {
          var at = map.project([own.lat[i] / 1e5, own.lon[i] / 1e5], 0);
          own.x[i] = at.x; own.y[i] = at.y;
        }
      }
      own.on = layer.shown; own.drawn = {};
      return own;
    }

    function icon(one, size) {
      var svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
      svg.setAttribute("viewBox", "0 0 20 20"); svg.setAttribute("aria-hidden", "true");
      path.setAttribute("d", data.shapes[one.shape]); svg.appendChild(path);
      return L.divIcon({ html: svg, className: "mark point k-" + one.colour + (one.pattern ? " " + one.pattern : ""), iconSize: [size, size] });
    }

    function dress(element, layer, text, count) {
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", text);
      element.setAttribute("tabindex", "-1");
      element.dataset.layer = layer.key;
      element.dataset.count = count;
    }

    /* one drawn thing: Leaflet's layer, its text, what opens it */
    function add(layer, id, shape, text, count, open) {
      shape.bindTooltip(function () { return make("span", text); }, { sticky: layer.type !== "points", direction: "top", offset: [0, -8] });
      shape.addTo(map);
      var element = shape.getElement();
      dress(element, layer, text, count);
      element.dataset.id = id;
      shape.on("click", function () { open(false); });
      element.addEventListener("keydown", function (event) {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); open(true); }
      });
      layer.drawn[id] = shape;
    }

    function popup(at, box, element, byKey) {
      map.closePopup();
      var shown = L.popup({ maxWidth: 320, maxHeight: 300, autoPanPadding: [20, 20] }).setLatLng(at).setContent(box).openOn(map);
      var frame = shown.getElement(), close = frame.querySelector(".leaflet-popup-close-button");
      frame.setAttribute("role", "dialog"); frame.setAttribute("aria-label", box.firstChild.textContent);
      if (close) close.setAttribute("aria-label", say.close);
      var from = element.dataset.id, key = element.dataset.layer;
      shown.on("remove", function () {
        var back = find(key, from);
        if (back && frame.contains(document.activeElement)) back.focus();
      });
      frame.addEventListener("keydown", function (event) {
        if (event.key === "Escape") { event.stopPropagation(); map.closePopup(); }
      });
      if (byKey && close) close.focus({ preventScroll: true });
    }

    function find(key, id) {
      var all = document.querySelectorAll('[data-layer="' + key + '"]');
      for (var i = 0; i < all.length; i++) if (all[i].dataset.id === id) return all[i];
      return null;
    }

    function opener(layer, i, shape, at) {
      return function (byKey) { popup(at(), content(layer, i), shape.getElement(), byKey); };
    }

    function single(layer, i) {
      var size = layer.size ? layer.size[i] : 18, at = [layer.lat[i] / 1e5, layer.lon[i] / 1e5];
      var shape = L.marker(at, { icon: icon(kind(layer, i), size), pane: "points", keyboard: false });
      add(layer, "p" + i, shape, told(layer, i), layer.counts ? layer.counts[i] : 1, opener(layer, i, shape, function () { return at; }));
    }

    function stacked(layer, members) {
      var box = make("div", null, "popup"), list = make("ul");
      box.appendChild(make("h2", filled(say.stacked, { count: number(members.length) })));
      members.slice(0, 20).forEach(function (i) { list.appendChild(make("li", label(layer, i))); });
      if (members.length > 20) list.appendChild(make("li", filled(say.more, { count: number(members.length - 20) })));
      box.appendChild(list);
      return box;
    }

    function cluster(layer, id, members) {
      var x = 0, y = 0, count = 0, least = [Infinity, Infinity], most = [-Infinity, -Infinity], kinds = {};
      members.forEach(function (i) {
        x += layer.x[i]; y += layer.y[i]; count += layer.counts ? layer.counts[i] : 1;
        kinds[kind(layer, i).colour] = true;
        least = [Math.min(least[0], layer.lat[i]), Math.min(least[1], layer.lon[i])];
        most = [Math.max(most[0], layer.lat[i]), Math.max(most[1], layer.lon[i])];
      });
      var at = map.unproject([x / members.length, y / members.length], 0), size = Math.min(52, 26 + 5 * Math.log10(count) * 2);
      var colours = Object.keys(kinds), text = filled(say.cluster, { count: number(count), title: layer.title });
      var shape = L.marker(at, { pane: "points", keyboard: false, icon: L.divIcon({ html: make("span", number(count)),
        className: "mark cluster k-" + (colours.length === 1 ? colours[0] : "h"), iconSize: [size, size] }) });
      var apart = most[0] - least[0] > 3 || most[1] - least[1] > 3;
      add(layer, id, shape, text + (apart ? ". " + say.zoom : ""), count, function (byKey) {
        if (!apart || map.getZoom() >= map.getMaxZoom()) return popup(at, stacked(layer, members), shape.getElement(), byKey);
        map.fitBounds([[least[0] / 1e5, least[1] / 1e5], [most[0] / 1e5, most[1] / 1e5]], { padding: [40, 40], maxZoom: Math.max(map.getZoom() + 2, 14) });
      });
    }

    function view(pad) {
      var seen = map.getBounds().pad(pad), a = map.project(seen.getNorthWest(), 0), b = map.project(seen.getSouthEast(), 0);
      return [a.x, a.y, b.x, b.y];
    }

    function points(layer) {
      var scale = Math.pow(2, map.getZoom()) / CELL, box = view(0.2), cells = new Map(), wanted = {}, alone = [];
      for (var i = 0; i < layer.length; i++) {
        var x = layer.x[i], y = layer.y[i];
        if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
        if (!layer.clustered) { alone.push(i); continue; }
        var cell = Math.floor(x * scale) * 1e7 + Math.floor(y * scale), found = cells.get(cell);
        if (found) found.push(i); else cells.set(cell, [i]);
      }
      cells.forEach(function (members, cell) {
        if (members.length === 1) alone.push(members[0]);
        else {
          var id = "c" + map.getZoom() + "_" + cell;
          wanted[id] = true;
          if (!layer.drawn[id]) cluster(layer, id, members);
        }
      });
      alone.forEach(function (i) { wanted["p" + i] = true; if (!layer.drawn["p" + i]) single(layer, i); });
      keep(layer, wanted);
    }

    function path(one, extra) { return "mark area k-" + one.colour + (one.pattern ? " " + one.pattern : "") + (extra || ""); }

    function squares(layer) {
      var seen = map.getBounds().pad(0.05), wanted = {}, inside = [];
      if (!layer.corner) {
        layer.corner = [];
        for (var i = 0; i < layer.east.length; i++) layer.corner.push(degrees(layer.east[i], layer.north[i]));
      }
      for (var j = 0; j < layer.east.length; j++) if (seen.contains(layer.corner[j])) inside.push(j);
      layer.hidden = inside.length > MOST_SQUARES ? inside.length : 0;
      if (!layer.hidden) inside.forEach(function (i) {
        wanted["s" + i] = true;
        if (layer.drawn["s" + i]) return;
        var e = layer.east[i], n = layer.north[i], s = layer.side, one = kind(layer, i);
        var shape = L.polygon([degrees(e, n), degrees(e + s, n), degrees(e + s, n + s), degrees(e, n + s)],
          { pane: "squares", renderer: renderers.squares, className: path(one, " square"), weight: 1 });
        add(layer, "s" + i, shape, told(layer, i), layer.counts ? layer.counts[i] : 1,
          opener(layer, i, shape, function () { return shape.getBounds().getCenter(); }));
      });
      keep(layer, wanted);
    }

    function shapes(layer) {
      var wanted = {};
      layer.shapes.forEach(function (coordinates, i) {
        wanted["a" + i] = true;
        if (layer.drawn["a" + i]) return;
        var one = kind(layer, i), line = layer.type === "lines", pane = layer.type;
        var flipped = line ? L.GeoJSON.coordsToLatLngs(coordinates, 1) : lands(below.outlines[coordinates]);
        var shape = (line ? L.polyline : L.polygon)(flipped, { pane: pane, renderer: renderers[pane], smoothFactor: 1,
          className: line ? path(one, " line") : path(one), weight: line ? (layer.width ? layer.width[i] : 3) : 1.2, fill: !line });
        add(layer, "a" + i, shape, told(layer, i), layer.counts ? layer.counts[i] : 1,
          opener(layer, i, shape, function () { return line ? shape.getCenter() : shape.getBounds().getCenter(); }));
      });
      keep(layer, wanted);
    }

    function keep(layer, wanted) {
      Object.keys(layer.drawn).forEach(function (id) {
        if (wanted[id]) return;
        layer.drawn[id].remove();
        delete layer.drawn[id];
      });
    }

    var drawers = { points: points, squares: squares, areas: shapes, lines: shapes };

    function redraw() {
      var focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset : {};
      var key = focused.layer, id = focused.id, hidden = [];
      layers.forEach(function (layer) {
        if (layer.on) drawers[layer.type](layer); else keep(layer, {});
        if (layer.on && layer.hidden) hidden.push(filled(say.hidden, { count: number(layer.hidden), title: layer.title }));
        var first = null;
        document.querySelectorAll('[data-layer="' + layer.key + '"]').forEach(function (element) {
          if (element.getAttribute("tabindex") === "0") { first = element; }
        });
        first = first || document.querySelector('[data-layer="' + layer.key + '"]');
        if (first) first.setAttribute("tabindex", "0");
      });
      if (key && document.activeElement === document.body) {
        var back = find(key, id) || document.querySelector('[data-layer="' + key + '"]');
        if (back) back.focus({ preventScroll: true });
      }
      status.textContent = hidden.join(" ");
      label_names();
      document.documentElement.dataset.drawn = String(document.querySelectorAll("[data-layer]").length);
    }

    function name_marker(at, text, style) {
      var marker = L.marker(at, { pane: "names", interactive: false, keyboard: false,
        icon: L.divIcon({ html: make("span", text), className: style, iconSize: [0, 0] }) }).addTo(map);
      marker.getElement().setAttribute("aria-hidden", "true");
      return marker;
    }

    /* the towns in view that are large enough for the scale */
    function shown_towns() {
      var zoom = map.getZoom(), seen = map.getBounds(), count = 0;
      var least = (TOWNS_FROM.filter(function (step) { return zoom < step[0]; })[0] || [0, 0])[1];
      return below.ground.towns.filter(function (town) {
        return town[3] >= least && seen.contains([town[2], town[1]]) && ++count <= MOST_TOWNS;
      });
    }

    /* what the map is about first, then towns by size, then what lies around. A town's name goes to the side of its dot that is
       free of marks and names; a name that would lie on another is left out */
    function label_names() {
      var taken = [], marks = Array.prototype.map.call(document.querySelectorAll(".mark.point, .mark.cluster"), function (mark) {
        return mark.getBoundingClientRect();
      });
      function meets(box, other) {
        return box.right + 4 >= other.left && box.left - 4 <= other.right && box.bottom >= other.top && box.top <= other.bottom;
      }
      function placed(element, others) {
        var sides = element.classList.contains("town") ? SIDES : [""];
        return sides.some(function (side) {
          element.dataset.side = side;
          var box = element.firstChild.getBoundingClientRect();
          if (others.some(function (other) { return meets(box, other); })) return false;
          taken.push(box);
          return true;
        });
      }
      towns.forEach(function (marker) { marker.remove(); });
      towns = shown_towns().map(function (town) { return name_marker([town[2], town[1]], town[0], "name town"); });
      names.near.concat(towns, names.far).forEach(function (marker) {
        var element = marker.getElement();
        if (!element) return;
        element.classList.remove("away");
        if (!placed(element, taken.concat(marks)) && !placed(element, taken)) element.classList.add("away");
      });
    }

    function screen_button() {
      var root = document.documentElement;
      if (!document.fullscreenEnabled) return;
      var bar = L.control({ position: "topleft" });
      bar.onAdd = function () {
        var box = make("div", null, "leaflet-bar"), button = make("button", null, "whole-screen");
        var svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
        svg.setAttribute("viewBox", "0 0 20 20"); svg.setAttribute("aria-hidden", "true");
        svg.appendChild(path); button.appendChild(svg); button.type = "button";
        function say_it() {
          var text = document.fullscreenElement ? say.leave_whole_screen : say.whole_screen;
          button.setAttribute("aria-label", text); button.title = text;
          path.setAttribute("d", document.fullscreenElement ? "M4 4L16 16M16 4L4 16" : "M3 8V3H8M12 3H17V8M17 12V17H12M8 17H3V12");
        }
        say_it();
        document.addEventListener("fullscreenchange", function () { say_it(); map.invalidateSize(); });
        L.DomEvent.disableClickPropagation(box);
        button.addEventListener("click", function () {
          if (document.fullscreenElement) document.exitFullscreen(); else root.requestFullscreen();
        });
        box.appendChild(button);
        return box;
      };
      bar.addTo(map);
    }

    /* the ground's shapes: a first corner and steps to the next, in 1e-4 degree */
    function corners(steps) {
      var lon = 0, lat = 0, out = [];
      for (var i = 0; i < steps.length; i += 2) {
        lon += steps[i]; lat += steps[i + 1];
        out.push([lat / 1e4, lon / 1e4]);
      }
      return out;
    }

    function lands(parts) { return parts.map(function (rings) { return rings.map(corners); }); }

    var order = ["ground", "areas", "squares", "lines", "names", "points"], renderers = {};
    order.forEach(function (name, i) {
      map.createPane(name).style.zIndex = 400 + 10 * i;
      renderers[name] = L.svg({ pane: name, padding: 0.3 });
    });
    map.getPane("names").style.pointerEvents = "none";
    below.ground.areas.forEach(function (area) {
      L.polygon(lands(area[1]), { pane: "ground", renderer: renderers.ground,
        interactive: false, className: "ground " + area[0], weight: 0.8, smoothFactor: 0.6 }).addTo(map);
    });
    below.ground.lines.forEach(function (line) {
      L.polyline(line[1].map(corners), { pane: "ground", renderer: renderers.ground, interactive: false, fill: false,
        className: "border " + line[0], weight: line[0] === "own" ? 2.2 : 1.4, smoothFactor: 0.6 }).addTo(map);
    });
    /* beyond what is known as land: neither land nor sea */
    L.polygon([[[-85, -400], [-85, 400], [85, 400], [85, -400]], [[54.6, 8.6], [54.6, 25.9], [70.1, 25.9], [70.1, 8.6]]],
      { pane: "ground", renderer: renderers.ground, interactive: false, className: "ground beyond", weight: 0 }).addTo(map);
    below.ground.names.forEach(function (name) {
      names[name[3] ? "near" : "far"].push(name_marker([name[2], name[1]], name[0], name[3] ? "name near" : "name"));
    });

    L.control.zoom({ zoomInTitle: say.zoom_in, zoomOutTitle: say.zoom_out }).addTo(map);
    screen_button();
    if (map.attributionControl) map.attributionControl.setPrefix(false);
    var container = map.getContainer();
    container.setAttribute("role", "group");
    container.setAttribute("aria-label", say.map);
    container.addEventListener("keydown", function (event) {
      var from = event.target.dataset || {}, step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!from.layer || !step) return;
      event.preventDefault(); event.stopPropagation();
      var all = Array.prototype.slice.call(document.querySelectorAll('[data-layer="' + from.layer + '"]'));
      var next = all[(all.indexOf(event.target) + step + all.length) % all.length];
      event.target.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus({ preventScroll: true });
      var layer = layers.filter(function (one) { return one.key === from.layer; })[0], shape = layer.drawn[next.dataset.id];
      var at = shape.getLatLng ? shape.getLatLng() : shape.getBounds().getCenter();
      if (!map.getBounds().pad(-0.05).contains(at)) map.panTo(at, { animate: false });
    }, true);
    layers.forEach(function (layer) {
      var box = document.getElementById("on-" + layer.key);
      if (box) box.addEventListener("change", function () { layer.on = box.checked; map.closePopup(); redraw(); });
    });
    var b = data.bounds, fitted = false;
    /* a frame that is laid out before it is seen has no room to fit anything in: then once more when it has */
    function fit() {
      var room = map.getSize();
      map.fitBounds([[b[1], b[0]], [b[3], b[2]]], { padding: [16, 16], maxZoom: 14, animate: false });
      fitted = room.x > 100 && room.y > 100;
    }
    fit();
    map.on("resize", function () { if (!fitted) fit(); });
    map.on("moveend", redraw);
    redraw();
  }

  window.datakollen.draw = draw;
  window.datakollen.degrees = degrees;
})();

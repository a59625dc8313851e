/* Unpacks what lies in the page packed (zlib, in base64), and runs the program among it, which the
   page's policy knows by its hash. At once and in any browser: DecompressionStream would be late. */
(function () {
  "use strict";
  var text, at, held, count;
  function bits(wanted) {
    while (count < wanted) { held |= text.charCodeAt(at++) << count; count += 8; }
    var value = held & ((1 << wanted) - 1);
    held >>>= wanted; count -= wanted;
    return value;
  }
  // codes by length, as RFC 1951 (3.2.2) gives them out
  function code(lengths) {
    var counts = [], symbols = [], i, length;
    for (i = 0; i < 16; i++) counts.push(0);
    lengths.forEach(function (one) { counts[one]++; });
    counts[0] = 0;
    for (length = 1; length < 16; length++) {
      for (i = 0; i < lengths.length; i++) if (lengths[i] === length) symbols.push(i);
    }
    return { counts: counts, symbols: symbols };
  }
  function symbol(from) {
    var value = 0, first = 0, index = 0, length;
    for (length = 1; length < 16; length++) {
      value |= bits(1);
      if (value - first < from.counts[length]) return from.symbols[index + value - first];
      index += from.counts[length];
      first = (first + from.counts[length]) << 1;
      value <<= 1;
    }
    throw new Error("packed");
  }
  function same(length, times) {
    var lengths = [];
    while (times--) lengths.push(length);
    return lengths;
  }
  function dynamic() {
    var order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    var literals = bits(5) + 257, distances = bits(5) + 1, few = bits(4) + 4, i, one;
    var short = same(0, 19), lengths = [];
    for (i = 0; i < few; i++) short[order[i]] = bits(3);
    var of = code(short);
    while (lengths.length < literals + distances) {
      one = symbol(of);
      if (one < 16) lengths.push(one);
      else if (one === 16) lengths = lengths.concat(same(lengths[lengths.length - 1], 3 + bits(2)));
      else lengths = lengths.concat(same(0, one === 17 ? 3 + bits(3) : 11 + bits(7)));
    }
    return [code(lengths.slice(0, literals)), code(lengths.slice(literals))];
  }
  function fixed() {
    var lengths = same(8, 144).concat(same(9, 112), same(7, 24), same(8, 8));
    return [code(lengths), code(same(5, 30))];
  }
  // the least length (distance) of each code, and how many bits tell how much more it is
  function steps(least, count, every) {
    var made = [], i, more;
    for (i = 0; i < count; i++) {
      more = Math.max(0, Math.floor(i / every) - 1);
      made.push([least, more]);
      least += 1 << more;
    }
    return made;
  }
  var lengths = steps(3, 28, 4), distances = steps(1, 30, 2);
  lengths.push([258, 0]);
  function unpacked(id) {
    var bytes = [], last, kind, codes, one, step, length, back, i;
    text = atob(document.getElementById(id).textContent.trim());
    at = 2;
    held = count = 0;
    do {
      last = bits(1);
      kind = bits(2);
      if (kind === 0) {
        held = count = 0;
        length = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 8);
        at += 4;
        for (i = 0; i < length; i++) bytes.push(text.charCodeAt(at++));
        continue;
      }
      codes = kind === 1 ? fixed() : dynamic();
      while ((one = symbol(codes[0])) !== 256) {
        if (one < 256) { bytes.push(one); continue; }
        step = lengths[one - 257];
        length = step[0] + bits(step[1]);
        step = distances[symbol(codes[1])];
        back = step[0] + bits(step[1]);
        for (i = 0; i < length; i++) bytes.push(bytes[bytes.length - back]);
      }
    } while (!last);
    return new TextDecoder().decode(new Uint8Array(bytes));
  }
  window.datakollen = { unpacked: unpacked };
  var program = document.createElement("script");
  program.textContent = unpacked("packed");
  document.getElementById("packed").after(program);
})();

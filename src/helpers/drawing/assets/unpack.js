/* Unpacks what lies in the page packed (zlib, in base64), and then runs the scripts among it, each
   of which the page's policy knows by its hash. */
(async function () {
  "use strict";
  function unpacked(id) {
    var packed = atob(document.getElementById(id).textContent.trim());
    var bytes = Uint8Array.from(packed, function (one) { return one.charCodeAt(0); });
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Response(stream).json();
  }
  window.datakollen = await unpacked("map-ground");
  (await unpacked("map-scripts")).forEach(function (text) {
    var script = document.createElement("script");
    script.textContent = text;
    document.body.append(script);
  });
})();

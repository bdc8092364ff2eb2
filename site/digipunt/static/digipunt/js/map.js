// A map to move in, in the place of the drawing that is there without script. Its pins are those of
// the drawing; what a pin tells stands in the list beside it. Nothing is asked of another host.
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const lands = {};
const APART = 37;
const CLEAR = 27;
let shown = null;

function land(address) {
  lands[address] ??= fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)));
  return lands[address];
}

function spot(text) {
  return text.split(" ").map(Number);
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

// What opens at a pin: the name, how the door is, and the way to the list.
function told(pin, words) {
  const href = pin.getAttribute("href");
  const line = href.startsWith("#") ? document.querySelector(href) : null;
  const box = element("div", "map__told");
  const link = element("a", "map__name", pin.getAttribute("aria-label"));
  link.href = line?.querySelector("h3 a")?.href ?? href;
  box.append(link);
  const door = line?.querySelector(".punt");
  if (door) box.append(door.cloneNode(true));
  if (line) {
    const way = element("a", "", words.inList);
    way.href = href;
    way.addEventListener("click", (event) => {
      event.preventDefault();
      line.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "center" });
      line.querySelector("h3 a")?.focus({ preventScroll: true });
    });
    box.append(way);
  }
  return box;
}

function base(map, words, shape) {
  const parts = { land: [], towns: [] };
  for (const one of shape.features) parts[one.geometry.type === "Point" ? "towns" : "land"].push(one);
  if (words.tiles) {
    L.tileLayer(words.tiles, { attribution: words.credit, maxZoom: 19 }).addTo(map);
    return;
  }
  L.geoJSON(parts.land, { interactive: false, style: { className: "map__border" } }).addTo(map);
  for (const town of parts.towns) {
    const [lon, lat] = town.geometry.coordinates;
    const large = town.properties.large ? " map__label--large" : "";
    const name = element("span", "", town.properties.name);
    const icon = L.divIcon({ className: `map__label${large}`, html: name, iconSize: null });
    L.marker([lat, lon], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(map);
  }
}

function pinned(map, pin, words) {
  const kind = [...pin.classList].find((name) => name.startsWith("map__pin--"))?.slice(10) ?? "";
  const number = pin.querySelector("text")?.textContent ?? "";
  const icon = L.divIcon({
    className: `map__point${kind ? ` map__point--${kind}` : ""}`,
    html: element("span", "", number),
    iconSize: [34, 34],
    popupAnchor: [0, -14],
  });
  const marker = L.marker(spot(pin.dataset.spot), { icon, riseOnHover: true, riseOffset: 1000 });
  marker.bindPopup(() => told(pin, words), { closeButton: true, autoPan: true, minWidth: 170, maxWidth: 230 });
  marker.addTo(map);
  const button = marker.getElement();
  button.setAttribute("aria-label", number ? `${number}. ${pin.getAttribute("aria-label")}` : pin.getAttribute("aria-label"));
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      marker.openPopup();
    }
  });
  marker.on("popupopen", ({ popup }) => {
    const box = popup.getElement();
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", pin.getAttribute("aria-label"));
    box.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", words.close);
    if (document.activeElement === button) box.querySelector("a.map__name").focus({ preventScroll: true });
  });
  marker.on("popupclose", ({ popup }) => {
    if (popup.getElement()?.contains(document.activeElement)) button.focus({ preventScroll: true });
  });
  // The line in the list and its pin point at each other.
  const line = pin.getAttribute("href").startsWith("#") ? document.querySelector(pin.getAttribute("href")) : null;
  for (const [come, go] of [["mouseenter", "mouseleave"], ["focusin", "focusout"]]) {
    line?.addEventListener(come, () => button.classList.add("map__point--here"));
    line?.addEventListener(go, () => button.classList.remove("map__point--here"));
  }
  return { marker, home: marker.getLatLng() };
}

// No pin lies over another, nor under the point where one asks from: at this distance from the
// ground they are pushed apart a little. That point itself stays.
function spread(map, pins, self) {
  const at = pins.map(({ home }, turn) => map.latLngToLayerPoint(home).add([turn / 100, turn / 90]));
  const fixed = self && map.latLngToLayerPoint(self);
  for (let round = 0; round < 80; round += 1) {
    let moved = false;
    for (let one = 0; one < at.length; one += 1) {
      if (fixed) {
        const between = at[one].subtract(fixed);
        const length = Math.hypot(between.x, between.y);
        if (length < CLEAR) {
          at[one] = fixed.add(length ? between.multiplyBy(CLEAR / length + 0.01) : [CLEAR, 0]);
          moved = true;
        }
      }
      for (let other = 0; other < one; other += 1) {
        const between = at[one].subtract(at[other]);
        const length = Math.hypot(between.x, between.y);
        if (length >= APART) continue;
        const push = between.multiplyBy((APART - length) / length / 2 + 0.01);
        at[one] = at[one].add(push);
        at[other] = at[other].subtract(push);
        moved = true;
      }
    }
    if (!moved) break;
  }
  pins.forEach(({ marker }, turn) => marker.setLatLng(map.layerPointToLatLng(at[turn])));
}

async function draw(frame) {
  const words = frame.dataset;
  const drawing = frame.querySelector("svg");
  let shape = null;
  try {
    shape = await land(words.land);
  } catch {
    return; // the drawing stays
  }
  if (!frame.isConnected) return;
  const canvas = element("div", "map__canvas");
  canvas.setAttribute("role", "region");
  canvas.setAttribute("aria-label", words.label);
  drawing.before(canvas);
  drawing.classList.add("map__drawing--off");
  const map = L.map(canvas, {
    zoomControl: false,
    attributionControl: Boolean(words.tiles),
    scrollWheelZoom: false,
    dragging: !L.Browser.mobile,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
    minZoom: 6,
    maxZoom: words.tiles ? 19 : 14,
    maxBounds: [[50.3, 2], [51.9, 6.5]],
  });
  map.attributionControl?.setPrefix(false);
  L.control.zoom({ position: "bottomright", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  const spots = [];
  if (words.here) {
    const icon = L.divIcon({ className: "map__self", iconSize: [16, 16] });
    const marker = L.marker(spot(words.here), { icon, interactive: false, keyboard: false });
    spots.push(marker.getLatLng());
    map.whenReady(() => marker.addTo(map));
  }
  const pins = [...drawing.querySelectorAll(".map__pin")];
  const around = L.latLngBounds([...spots, ...pins.map((pin) => spot(pin.dataset.spot))]);
  map.fitBounds(around, { padding: [34, 34], maxZoom: 12, animate: false });
  const near = () => canvas.classList.toggle("map__canvas--near", map.getZoom() >= 9);
  map.on("zoomend", near);
  near();
  base(map, words, shape);
  const placed = pins.map((pin) => pinned(map, pin, words));
  map.on("zoomend", () => spread(map, placed, spots[0]));
  spread(map, placed, spots[0]);
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });
  shown = map;
}

function renew() {
  shown?.remove();
  shown = null;
  const frame = document.querySelector(".map[data-land]");
  if (frame && window.L) draw(frame);
}

document.addEventListener("digipunt:list", renew);
renew();

// Shows how much time is left by the server's clock; the server alone decides when it is over.

const SAID_AT = [600, 300, 60];

function clock(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = two(seconds % 60);
  return hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

// Start the countdown in `place`; `over` is called once, when the time has run out. More time may
// be given meanwhile: `place` then names a later deadline.
// Returns a function that corrects the clock by the server's present time in milliseconds.
export function startCountdown(place, over) {
  let offset = Date.parse(place.dataset.now) - Date.now();
  let said = Infinity;
  const words = (text) => place.dataset.left.replace("{time}", text);
  const show = place.querySelector("[data-clock]");
  const announce = place.querySelector("[data-announce]");

  function tick() {
    const ends = Date.parse(place.dataset.deadline) - offset;
    const left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    show.textContent = words(clock(left));
    place.toggleAttribute("data-near", left <= 300);
    const mark = SAID_AT.find((at) => left <= at && at < said && left > at - 5);
    if (mark) {
      said = mark;
      announce.textContent = words(clock(left));
    }
    if (left === 0) {
      clearInterval(timer);
      over();
    }
  }

  const timer = setInterval(tick, 1000);
  tick();
  return (now) => {
    offset = now - Date.now();
  };
}

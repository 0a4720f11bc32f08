// What somebody changed before the page's scripts had come: on a slow network people do not wait.

const chosen = (options) => Math.max(0, options.findIndex((one) => one.defaultSelected));

// Tell whether a control differs from what the server wrote into the page.
export function changed(control) {
  if (["radio", "checkbox"].includes(control.type))
    return control.checked !== control.defaultChecked;
  if (control.options) return control.selectedIndex !== chosen([...control.options]);
  return control.value !== control.defaultValue;
}

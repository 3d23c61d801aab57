"use strict";
// Draws each chart into its box from the specification that stands behind it.
// Colours are names of the page's own style (`var(--ink)`), so a change of theme repaints the charts without a line of script.
(() => {
  const config = {
    aria: false, // the box has the text alternative
    background: "transparent",
    font: getComputedStyle(document.body).fontFamily,
    padding: 0,
    view: { stroke: "transparent" },
    axis: {
      domainColor: "var(--line)", gridColor: "var(--grid)", tickColor: "var(--line)",
      labelColor: "var(--soft)", titleColor: "var(--soft)",
      labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", titlePadding: 8, labelPadding: 5,
    },
    axisX: { grid: false, tickSize: 4, labelOverlap: true, labelFlush: true },
    axisY: {
      domain: false, ticks: false, labelOverlap: true,
      // The title stands above the axis, in reading direction, and takes no width.
      titleAngle: 0, titleAlign: "left", titleBaseline: "bottom", titleX: 0, titleY: -10,
    },
    axisBand: { grid: false, labelLimit: 230 },
    rule: { color: "var(--soft)" },
    text: { color: "var(--ink)", fontSize: 12 },
  };
  const options = {
    mode: "vega-lite",
    actions: false,
    renderer: "svg",
    ast: true, // the policy of the page forbids eval
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
    config,
  };
  for (const box of document.querySelectorAll(".chart")) {
    const spec = JSON.parse(box.nextElementSibling.textContent);
    vegaEmbed(box, spec, options).then(
      () => box.setAttribute("data-drawn", "yes"),
      (problem) => {
        box.textContent = "This chart could not be drawn: " + problem.message;
        console.error(problem);
      },
    );
  }
})();

/**
 * The part of plotly that the charts use: its core, which has `scatter` built in. Any other trace type must be
 * registered here: plotly draws unregistered ones as scatter without a word.
 */
import Plotly from 'plotly.js/lib/core';

export const { newPlot, react, purge } = Plotly;
export const resize = Plotly.Plots.resize;

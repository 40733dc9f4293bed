import { callHere } from './call.ts';
import { callInWorker } from './callInWorker.ts';

declare global {
  interface Window {
    callOnPage: typeof callHere;
    callInWorker: typeof callInWorker;
  }
}

window.callOnPage = callHere;
window.callInWorker = callInWorker;

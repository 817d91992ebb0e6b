import { deskApp } from "./desk-app.ts";

deskApp().synth();

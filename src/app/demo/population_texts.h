#pragma once

#include <span>
#include <string_view>

#include "app/demo/population.h"

namespace handrail::demo {

/// A person of the demonstration before chance has a say.
struct Sketch {
    std::string_view name;
    std::string_view country;
    std::string_view age_band;
    Course course;
};

/// What somebody writes, and what it is meant to call for. Written for this project.
struct Script {
    Urgency meant;
    std::string_view language;
    std::span<const std::string_view> turns;
};

/// A script that needs somebody, whose it is, and how long ago it was begun.
struct PressingScript {
    std::string_view who;
    int minutes_ago;
    Script script;
};

std::span<const Sketch> sketches();
/// Scripts for one course of things, all of them `usual`.
std::span<const Script> scripts_for(Course course);
/// Scripts that need somebody, the most pressing first; each is used once.
std::span<const PressingScript> pressing_scripts();
/// Lines people add to a check-in, by mood from 1 to 5.
std::span<const std::string_view> notes_for(int mood);

std::span<const std::string_view> warning_signs();
std::span<const std::string_view> own_coping();
std::span<const std::string_view> places();
std::span<const std::string_view> safer_places();
std::span<const std::string_view> friends();
std::span<const std::string_view> relations();
std::span<const std::string_view> medicines();

} // namespace handrail::demo

#include "detect/network.h"

#include <algorithm>
#include <cmath>

namespace handrail::detect {

void Network::hidden(std::span<const Cell> row, std::span<float> out) const
{
    std::copy(bias.begin(), bias.end(), out.begin());
    for (const auto& cell : row) {
        const float* from = vectors.data() + cell.column * width;
        for (std::size_t d = 0; d < width; ++d)
            out[d] += cell.value * from[d];
    }
    for (std::size_t d = 0; d < width; ++d)
        out[d] = std::max(out[d], 0.0F);
}

void Network::score(std::span<const Cell> row, std::size_t task, std::span<float> out) const
{
    std::vector<float> inner(width);
    hidden(row, inner);
    const auto& head = heads[task];
    for (std::size_t k = 0; k < head.labels; ++k) {
        float sum = head.bias[k];
        for (std::size_t d = 0; d < width; ++d)
            sum += head.weights[k * width + d] * inner[d];
        out[k] = sum;
    }
}

namespace {

class Learner {
public:
    Learner(const std::vector<Task>& tasks, std::size_t columns, const NetworkPlan& plan)
        : tasks_(tasks), plan_(plan), random_(plan.seed)
    {
        auto& net = network_;
        net.columns = columns;
        net.width = plan.width;
        net.vectors.resize(columns * plan.width);
        for (auto& each : net.vectors)
            each = (random_.unit() - 0.5F) * 0.2F;
        net.bias.assign(plan.width, 0.05F);
        vector_squares_.assign(columns, 1e-3F);
        bias_squares_.assign(plan.width, 1e-3F);
        const auto spread = std::sqrt(6.0F / static_cast<float>(plan.width));
        for (const auto& task : tasks) {
            Network::Head head;
            head.labels = task.labels;
            head.weights.resize(task.labels * plan.width);
            for (auto& each : head.weights)
                each = (random_.unit() - 0.5F) * spread * 0.5F;
            head.bias.assign(task.labels, 0);
            head_squares_.emplace_back(task.labels * plan.width + task.labels, 1e-3F);
            net.heads.push_back(std::move(head));
        }
        inner_.resize(plan.width);
        mask_.resize(plan.width);
        back_.resize(plan.width);
    }

    Network learn()
    {
        struct Visit {
            std::uint32_t task;
            std::uint32_t row;
        };
        std::vector<Visit> visits;
        for (std::uint32_t round = 0; round < plan_.rounds; ++round) {
            visits.clear();
            for (std::uint32_t task = 0; task < tasks_.size(); ++task)
                for (const auto row : tasks_[task].rows) {
                    auto times = static_cast<int>(tasks_[task].weight);
                    times += random_.unit() < tasks_[task].weight - static_cast<float>(times) ? 1 : 0;
                    for (; times > 0; --times)
                        visits.push_back({task, row});
                }
            random_.shuffle(visits);
            for (std::size_t at = 0; at < visits.size(); ++at) {
                const auto done =
                    (static_cast<float>(round) + static_cast<float>(at) / static_cast<float>(visits.size())) /
                    static_cast<float>(plan_.rounds);
                visit(visits[at].task, visits[at].row, plan_.rate * (1 - done));
            }
        }
        return std::move(network_);
    }

private:
    void visit(std::uint32_t number, std::uint32_t row, float rate)
    {
        const auto& task = tasks_[number];
        const auto width = network_.width;
        // What is read of the text this time.
        cells_.clear();
        const auto keep = 1 - plan_.forgetting;
        for (const auto& cell : task.features->row(row))
            if (random_.unit() < keep)
                cells_.push_back({cell.column, cell.value / keep});
        if (cells_.empty())
            return;
        network_.hidden(cells_, inner_);
        const auto hidden_keep = 1 - plan_.hidden_forgetting;
        for (std::size_t d = 0; d < width; ++d) {
            mask_[d] = inner_[d] > 0 && random_.unit() < hidden_keep ? 1 / hidden_keep : 0;
            inner_[d] *= mask_[d];
        }
        auto& head = network_.heads[number];
        out_.resize(head.labels);
        for (std::size_t k = 0; k < head.labels; ++k) {
            float sum = head.bias[k];
            for (std::size_t d = 0; d < width; ++d)
                sum += head.weights[k * width + d] * inner_[d];
            out_[k] = sum;
        }
        error_of(task, (*task.positive)[row]);
        std::fill(back_.begin(), back_.end(), 0.0F);
        auto& squares = head_squares_[number];
        for (std::size_t k = 0; k < head.labels; ++k) {
            const auto error = out_[k];
            if (std::abs(error) < 1e-4F)
                continue;
            float* weights = head.weights.data() + k * width;
            float* square = squares.data() + k * width;
            for (std::size_t d = 0; d < width; ++d) {
                back_[d] += error * weights[d];
                const auto gradient = error * inner_[d];
                square[d] += gradient * gradient;
                weights[d] -= rate * gradient / std::sqrt(square[d]);
            }
            auto& bias_square = squares[head.labels * width + k];
            bias_square += error * error;
            head.bias[k] -= rate * error / std::sqrt(bias_square);
        }
        float length = 0;
        for (std::size_t d = 0; d < width; ++d) {
            back_[d] *= mask_[d];
            length += back_[d] * back_[d];
            bias_squares_[d] += back_[d] * back_[d];
            network_.bias[d] -= rate * back_[d] / std::sqrt(bias_squares_[d]);
        }
        if (length == 0)
            return;
        length /= static_cast<float>(width);
        for (const auto& cell : cells_) {
            auto& square = vector_squares_[cell.column];
            square += length * cell.value * cell.value;
            const auto step = rate * cell.value / std::sqrt(square);
            float* to = network_.vectors.data() + cell.column * width;
            for (std::size_t d = 0; d < width; ++d)
                to[d] -= step * back_[d];
        }
    }

    /// Turns the logits in out_ into what each of them is off by.
    void error_of(const Task& task, const std::vector<std::uint16_t>& positive)
    {
        for (const auto& question : task.questions) {
            if (!question.one_of()) {
                out_[question.begin] = 1 / (1 + std::exp(-out_[question.begin]));
                continue;
            }
            float largest = out_[question.begin];
            for (auto k = question.begin; k < question.end; ++k)
                largest = std::max(largest, out_[k]);
            float sum = 0;
            for (auto k = question.begin; k < question.end; ++k)
                sum += out_[k] = std::exp(out_[k] - largest);
            for (auto k = question.begin; k < question.end; ++k)
                out_[k] /= sum;
        }
        for (const auto k : positive)
            out_[k] -= 1;
    }

    const std::vector<Task>& tasks_;
    const NetworkPlan& plan_;
    Order random_;
    Network network_;
    std::vector<float> vector_squares_;
    std::vector<float> bias_squares_;
    std::vector<std::vector<float>> head_squares_;
    std::vector<Cell> cells_;
    std::vector<float> inner_;
    std::vector<float> mask_;
    std::vector<float> back_;
    std::vector<float> out_;
};

} // namespace

Network learn_network(const std::vector<Task>& tasks, std::size_t columns, const NetworkPlan& plan)
{
    return Learner(tasks, columns, plan).learn();
}

} // namespace handrail::detect
